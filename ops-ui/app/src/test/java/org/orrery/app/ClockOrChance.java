package org.orrery.app;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;

/** Whether a call reads a clock of the machine or draws randomness that no seed governs. */
final class ClockOrChance extends DescribedPredicate<JavaCall<?>> {

  private static final Set<String> READINGS =
      Set.of(
          "java.time.Instant",
          "java.time.LocalDate",
          "java.time.LocalTime",
          "java.time.LocalDateTime",
          "java.time.OffsetDateTime",
          "java.time.ZonedDateTime",
          "java.time.Year",
          "java.time.YearMonth");

  private static final Set<String> CALLS =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.time.Clock.systemUTC",
          "java.time.Clock.systemDefaultZone",
          "java.time.Clock.system",
          "java.time.Clock.tickMillis",
          "java.time.Clock.tickSeconds",
          "java.time.Clock.tickMinutes",
          "java.time.InstantSource.system",
          "java.lang.Math.random",
          "java.util.UUID.randomUUID",
          "java.util.concurrent.ThreadLocalRandom.current",
          "java.util.random.RandomGenerator.getDefault",
          "java.util.random.RandomGenerator.of");

  /** Unseeded only when called without arguments. */
  private static final Set<String> UNSEEDED_CONSTRUCTORS =
      Set.of(
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.security.SecureRandom",
          "java.util.Date");

  ClockOrChance() {
    super("it reads a clock or draws unseeded chance");
  }

  @Override
  public boolean test(JavaCall<?> call) {
    String owner = call.getTargetOwner().getName();
    String name = call.getTarget().getName();
    boolean bare = call.getTarget().getRawParameterTypes().isEmpty();
    if (CALLS.contains(owner + "." + name)) {
      return true;
    }
    if (READINGS.contains(owner) && name.equals("now")) {
      List<JavaClass> parameters = call.getTarget().getRawParameterTypes();
      return bare || parameters.getFirst().getName().equals("java.time.ZoneId");
    }
    if (owner.equals("java.util.Collections") && name.equals("shuffle")) {
      return call.getTarget().getRawParameterTypes().size() == 1;
    }
    return bare && name.equals("<init>") && UNSEEDED_CONSTRUCTORS.contains(owner);
  }
}
