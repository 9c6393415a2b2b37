package org.orrery.supervision.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.command.Precondition.Condition;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;

/**
 * What the channels show at one moment. A reading counts only where it is of good quality, its
 * channel is connected, and it is young enough; a channel that speaks only on change stays young
 * while it is connected. Deeply immutable.
 */
public final class Readings {
  private static final double NS_PER_SECOND = 1e9;

  private final Map<ChannelId, Sample> latest;
  private final Set<ChannelId> onChangeOnly;
  private final Set<ChannelId> disconnected;
  private final long plantNowNs;

  /**
   * Copies everything.
   *
   * @param latest the latest sample per channel
   * @param onChangeOnly channels that speak only on change, so that age says nothing about them
   * @param disconnected channels whose connection is not in order
   * @param plantNowNs plant ns
   */
  public Readings(
      Map<ChannelId, Sample> latest,
      Set<ChannelId> onChangeOnly,
      Set<ChannelId> disconnected,
      long plantNowNs) {
    this.latest = Map.copyOf(latest);
    this.onChangeOnly = Set.copyOf(onChangeOnly);
    this.disconnected = Set.copyOf(disconnected);
    this.plantNowNs = plantNowNs;
  }

  /** Readings of connected channels that all speak regularly. */
  public static Readings of(List<Sample> samples, long plantNowNs) {
    Map<ChannelId, Sample> latest = new HashMap<>();
    samples.forEach(sample -> latest.put(sample.channel(), sample));
    return new Readings(latest, Set.of(), Set.of(), plantNowNs);
  }

  /**
   * When a sample was taken at the latest, plant ns: a source whose clock runs ahead cannot have
   * taken it after it was received.
   */
  public static long takenNs(Sample sample) {
    return Math.min(sample.sourceTimeNs(), sample.receivedTimeNs());
  }

  /** When these readings were gathered, plant ns. */
  public long plantNowNs() {
    return plantNowNs;
  }

  /** The reading of a channel, if it counts. */
  public Optional<Value> value(ChannelId channel, long maxAgeNs) {
    return whyNot(channel, maxAgeNs).isPresent()
        ? Optional.empty()
        : Optional.ofNullable(latest.get(channel)).map(Sample::value);
  }

  /**
   * What a channel showed last, however long ago, and though it may not be connected now; without a
   * reading that was bad from the start.
   */
  public Optional<Value> last(ChannelId channel) {
    return Optional.ofNullable(latest.get(channel))
        .filter(s -> s.quality() == Quality.GOOD && s.severity() != Severity.INVALID)
        .map(Sample::value);
  }

  /** The number that a channel shows, if it counts and is one. */
  public OptionalDouble number(ChannelId channel, long maxAgeNs) {
    Optional<Value> value = value(channel, maxAgeNs);
    return value.isPresent() ? value.get().asDouble() : OptionalDouble.empty();
  }

  /** The label of the choice that a channel shows, if it counts and is one. */
  public Optional<String> choice(ChannelId channel, long maxAgeNs) {
    return value(channel, maxAgeNs)
        .flatMap(
            value ->
                value instanceof Value.ChoiceValue choice
                    ? Optional.of(choice.label())
                    : Optional.empty());
  }

  /**
   * Every precondition that does not hold, each as one sentence; a reading that does not count
   * breaks it.
   */
  public List<String> broken(List<Precondition> preconditions) {
    List<String> broken = new ArrayList<>();
    for (Precondition precondition : preconditions) {
      broken(precondition).ifPresent(broken::add);
    }
    return broken;
  }

  private Optional<String> broken(Precondition precondition) {
    ChannelId channel = precondition.channel();
    Optional<String> whyNot = whyNot(channel, precondition.maxAgeNs());
    if (whyNot.isPresent()) {
      return whyNot.map(why -> why + " (" + precondition.because() + ")");
    }
    Sample sample = latest.get(channel);
    if (sample == null || holds(precondition.condition(), sample.value())) {
      return Optional.empty();
    }
    String wanted =
        switch (precondition.condition()) {
          case Condition.Within within -> within.low() + " to " + within.high();
          case Condition.Shows shows -> shows.choice();
        };
    return Optional.of(
        channel
            + " shows "
            + sample.value().display()
            + ", needed "
            + wanted
            + " ("
            + precondition.because()
            + ")");
  }

  private static boolean holds(Condition condition, Value value) {
    return switch (condition) {
      case Condition.Within within -> {
        OptionalDouble number = value.asDouble();
        yield number.isPresent()
            && number.getAsDouble() >= within.low()
            && number.getAsDouble() <= within.high();
      }
      case Condition.Shows shows ->
          value instanceof Value.ChoiceValue choice && choice.label().equals(shows.choice());
    };
  }

  /** Why the reading of a channel does not count, for people; empty where it does. */
  public Optional<String> whyNot(ChannelId channel, long maxAgeNs) {
    Sample sample = latest.get(channel);
    if (sample == null) {
      return Optional.of(channel + " has no reading");
    }
    if (disconnected.contains(channel)) {
      return Optional.of(channel + " is not connected");
    }
    if (sample.quality() != Quality.GOOD) {
      return Optional.of(channel + " is " + sample.quality());
    }
    if (sample.severity() == Severity.INVALID) {
      return Optional.of(channel + " is reported as invalid by its source");
    }
    long ageNs = plantNowNs - takenNs(sample);
    if (ageNs > maxAgeNs && !onChangeOnly.contains(channel)) {
      return Optional.of(
          channel
              + " was last read "
              + Math.round(ageNs / NS_PER_SECOND)
              + " s ago, needed within "
              + Math.round(maxAgeNs / NS_PER_SECOND)
              + " s");
    }
    return Optional.empty();
  }
}
