package org.orrery.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.orrery.app.config.FacilityLoader;
import org.orrery.app.config.Site;
import org.orrery.contract.access.AccessRules;
import org.orrery.store.DatabaseException;
import org.orrery.store.DatabaseFaultException;
import org.orrery.store.DatabaseUnavailableException;

/** The first account, at whatever time the database comes. */
class NewAccountTest {
  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String ACCOUNT = "admin   password  abcd   (shown this once)";

  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(terminal, true, StandardCharsets.UTF_8);
  private final AtomicInteger tries = new AtomicInteger();
  private final CompletableFuture<Thread> maker = new CompletableFuture<>();
  private volatile boolean granted;

  /** One try at a database that is away first, and then refuses until somebody grants a right. */
  private String make() {
    int before = tries.getAndIncrement();
    if (before == 3) {
      maker.complete(Thread.currentThread());
    }
    if (!granted) {
      throw before < 2 ? away() : refused();
    }
    return ACCOUNT;
  }

  private static DatabaseException away() {
    return new DatabaseUnavailableException("connection refused", false, new SQLException());
  }

  private static DatabaseException refused() {
    return new DatabaseFaultException("permission denied", "42501", new SQLException());
  }

  @Test
  void shouldTellOfTheAccountAtOnceWhereTheDatabaseIsUp() {
    // Given
    granted = true;
    try (NewAccount account = NewAccount.start("sign in", this::make, PAUSE)) {

      // When
      account.tell(out, LONG);

      // Then
      assertThat(terminal.toString(StandardCharsets.UTF_8))
          .isEqualTo("  sign in   %s%n".formatted(ACCOUNT));
    }
  }

  @Test
  void shouldGoOnWithoutTheDatabaseAndTellOfTheAccountOnceItIsMade() throws Exception {
    // Given
    RunOptions options = options();
    try (NewAccount account = NewAccount.start("sign in", this::make, PAUSE)) {
      Thread making = maker.get(60, TimeUnit.SECONDS);

      // When
      Announcement.print(out, options, OptionalInt.of(8080), List.of(account), Duration.ZERO);
      String start = terminal.toString(StandardCharsets.UTF_8);
      granted = true;
      boolean ended = making.join(LONG);

      // Then
      assertThat(start)
          .contains("page      http://127.0.0.1:8080/")
          .contains("sign in   not yet: permission denied")
          .contains("stop      Ctrl-C")
          .doesNotContain("password");
      assertThat(ended).isTrue();
      assertThat(terminal.toString(StandardCharsets.UTF_8))
          .startsWith(start)
          .endsWith("  sign in   %s%n".formatted(ACCOUNT));
    }
  }

  @Test
  void shouldTellOfAFaultThatIsNotTheDatabasesAndTryAgain() throws Exception {
    // Given
    try (NewAccount account = NewAccount.start("sign in", this::makeWithAFault, PAUSE)) {
      Thread making = maker.get(60, TimeUnit.SECONDS);

      // When
      account.tell(out, Duration.ZERO);
      String before = terminal.toString(StandardCharsets.UTF_8);
      granted = true;
      boolean ended = making.join(LONG);

      // Then
      assertThat(before).contains("not yet: ", "no such algorithm").doesNotContain("password");
      assertThat(ended).isTrue();
      assertThat(terminal.toString(StandardCharsets.UTF_8))
          .endsWith(ACCOUNT + System.lineSeparator());
    }
  }

  private String makeWithAFault() {
    if (tries.getAndIncrement() == 3) {
      maker.complete(Thread.currentThread());
    }
    if (!granted) {
      throw new IllegalStateException("no such algorithm");
    }
    return ACCOUNT;
  }

  @Test
  void shouldTryNoMoreOnceTheProgramStops() throws Exception {
    // Given
    Thread making;
    try (NewAccount account = NewAccount.start("sign in", this::make, PAUSE)) {
      making = maker.get(60, TimeUnit.SECONDS);
      account.tell(out, Duration.ZERO);
    }

    // When
    boolean ended = making.join(LONG);

    // Then
    assertThat(ended).isTrue();
    assertThat(terminal.toString(StandardCharsets.UTF_8)).doesNotContain("password");
  }

  private static RunOptions options() throws Exception {
    return new RunOptions(
        FacilityLoader.load(Path.of("src/main/dist/conf/facility.yaml")),
        new Site(
            0,
            true,
            List.of(),
            new Site.Simulation(10, 1),
            Optional.empty(),
            Optional.empty(),
            new Site.Twin(64, "auto"),
            3),
        AccessRules.OPEN,
        Path.of("target"),
        0,
        Optional.empty(),
        Optional.empty(),
        "test");
  }
}
