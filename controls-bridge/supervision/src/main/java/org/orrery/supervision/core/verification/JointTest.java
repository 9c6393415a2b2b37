package org.orrery.supervision.core.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.orrery.contract.proposal.StepRecord.Check;
import org.orrery.contract.proposal.VerificationLimit;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.supervision.core.Readings;

/**
 * One joint test of all limits of a step. Every channel must come within its limits in time and
 * stay there: it may leave and come back while its time to arrive is not over; afterwards leaving
 * is a miss. The step passes when every channel has stayed for its hold time and still shows a
 * reading that counts; one miss is a miss of the step. Deeply immutable.
 *
 * @param writtenNs when the write was confirmed, plant ns; older readings do not count
 * @param fromNs when the times to arrive begin, plant ns; later than the write where the test could
 *     only begin later
 * @param progress where each limit stands
 */
public record JointTest(long writtenNs, long fromNs, List<Progress> progress) {
  /**
   * How long after the end of a channel's time to arrive silence becomes a miss, and how old the
   * last reading of a channel with a short hold may be, plant ns: one minute covers the slowest
   * cadence that verification uses, plus transport.
   */
  private static final long SILENCE_NS = 60_000_000_000L;

  public JointTest {
    progress = List.copyOf(progress);
  }

  /** Begins the test. */
  public static JointTest begin(List<VerificationLimit> limits, long writtenNs, long fromNs) {
    return new JointTest(
        writtenNs,
        fromNs,
        limits.stream()
            .map(l -> new Progress(l, OptionalLong.empty(), false, Double.NaN, fromNs))
            .toList());
  }

  /**
   * The test after one more sample; a sample that does not count, or is older than the write,
   * changes nothing.
   */
  public JointTest seen(Sample sample) {
    if (progress.stream().noneMatch(p -> p.limit().channel().equals(sample.channel()))) {
      return this;
    }
    OptionalDouble number = sample.value().asDouble();
    if (sample.quality() != Quality.GOOD
        || sample.severity() == Severity.INVALID
        || Readings.takenNs(sample) < writtenNs
        || number.isEmpty()) {
      return this;
    }
    List<Progress> next = new ArrayList<>(progress.size());
    for (Progress each : progress) {
      next.add(
          each.limit().channel().equals(sample.channel())
              ? each.seen(fromNs, number.getAsDouble(), Readings.takenNs(sample))
              : each);
    }
    return new JointTest(writtenNs, fromNs, next);
  }

  /** Where the test stands now. */
  public Verdict verdict(Readings now) {
    boolean allHeld = true;
    boolean missed = false;
    List<Check> checks = new ArrayList<>();
    for (Progress each : progress) {
      boolean held = each.held(now);
      boolean lost = each.missed() || each.silent(fromNs, now, held);
      missed |= lost;
      allHeld &= held;
      VerificationLimit limit = each.limit();
      checks.add(
          new Check(
              limit.channel(), each.lastSeen(), limit.low(), limit.high(), !lost, each.lastNs()));
    }
    if (missed) {
      return new Verdict.Missed(checks);
    }
    return allHeld ? new Verdict.Passed(checks) : new Verdict.Undecided();
  }

  /** Where a joint test stands. */
  public sealed interface Verdict {
    /** Not over. */
    record Undecided() implements Verdict {}

    /** Every channel arrived in time and stayed. */
    record Passed(List<Check> checks) implements Verdict {
      public Passed {
        checks = List.copyOf(checks);
      }
    }

    /** At least one channel did not. */
    record Missed(List<Check> checks) implements Verdict {
      public Missed {
        checks = List.copyOf(checks);
      }
    }
  }

  /**
   * Where one limit stands.
   *
   * @param limit the limit
   * @param enteredNs since when the channel has been inside, plant ns; absent while it is outside
   * @param missed true once it was outside after its time to arrive
   * @param lastSeen the last reading that counted; NaN before the first
   * @param lastNs when that was taken, plant ns
   */
  public record Progress(
      VerificationLimit limit,
      OptionalLong enteredNs,
      boolean missed,
      double lastSeen,
      long lastNs) {

    private Progress seen(long fromNs, double value, long atNs) {
      if (missed || finishedBefore(atNs)) {
        return this;
      }
      boolean inside = value >= limit.low() && value <= limit.high();
      if (inside) {
        boolean inTime = enteredNs.isPresent() || atNs <= fromNs + limit.withinNs();
        return new Progress(
            limit, enteredNs.isPresent() ? enteredNs : OptionalLong.of(atNs), !inTime, value, atNs);
      }
      boolean late = atNs > fromNs + limit.withinNs();
      return new Progress(limit, OptionalLong.empty(), late, value, atNs);
    }

    /**
     * A channel that has stayed for its hold time has done its part, whatever comes while others
     * are waited for.
     */
    private boolean finishedBefore(long atNs) {
      return enteredNs.isPresent()
          && lastNs >= enteredNs.getAsLong() + limit.holdNs()
          && atNs > lastNs;
    }

    private boolean held(Readings now) {
      if (missed || enteredNs.isEmpty()) {
        return false;
      }
      if (lastNs >= enteredNs.getAsLong() + limit.holdNs()) {
        return true;
      }
      // A steady channel may be silent: then its last reading stands while it is young and
      // connected.
      return now.plantNowNs() >= enteredNs.getAsLong() + limit.holdNs()
          && now.number(limit.channel(), Math.max(limit.holdNs(), SILENCE_NS)).isPresent();
    }

    private boolean silent(long fromNs, Readings now, boolean held) {
      long endNs =
          enteredNs.isPresent()
              ? enteredNs.getAsLong() + limit.holdNs()
              : fromNs + limit.withinNs();
      return !held && now.plantNowNs() > endNs + SILENCE_NS;
    }
  }
}
