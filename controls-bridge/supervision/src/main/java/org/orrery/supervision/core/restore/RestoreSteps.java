package org.orrery.supervision.core.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.command.Precondition.Condition;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.proposal.VerificationLimit;
import org.orrery.contract.snapshot.Snapshot;
import org.orrery.contract.value.Closeness;
import org.orrery.contract.value.Value;
import org.orrery.supervision.core.playbook.Ramps;

/**
 * Makes the steps of a restore in their order. A step is only taken where its channel still shows
 * what it showed when the restore was proposed, so that its undo, which goes back to just that, is
 * still the undo that people approved.
 *
 * <p>The gate confirms every write by reading it back. After the last write of a stage, and after
 * every {@value #BLOCK} writes within one, all of them are looked at once more together, so that a
 * device that took a value and lost it again is found before the next stage; to wait for the next
 * sample after each single write would take 5,000 channels hours.
 */
final class RestoreSteps {
  static final String REMOTE = "REMOTE";

  private static final long SECOND_NS = 1_000_000_000L;
  private static final long MINUTE_NS = 60 * SECOND_NS;

  /** For what speaks on change: its age says nothing, its connection does; plant ns. */
  static final long WHILE_CONNECTED_NS = 30L * 24 * 60 * MINUTE_NS;

  /** Samples of its cadence that a channel may be late by. */
  private static final int MISSED = 3;

  /** How long a put may take before its outcome is unknown, wall ns. */
  private static final long PUT_TIMEOUT_NS = 5 * SECOND_NS;

  /** How many writes are looked at together at most. */
  private static final int BLOCK = 50;

  /** What a number loses in a device's single-precision register, as a share. */
  private static final double SINGLE_PRECISION = 1.2e-7;

  private final Facility facility;
  private final Ramps ramps;
  private final List<Step> steps = new ArrayList<>();
  private final List<VerificationLimit> block = new ArrayList<>();
  private int sinceCheck;
  private int stage = -1;

  RestoreSteps(Facility facility, Ramps ramps) {
    this.facility = facility;
    this.ramps = ramps;
  }

  /** Oldest reading of a channel that a restore may rest on, plant ns. */
  static long maxAgeNs(Channel channel) {
    return channel.cadenceNs() == 0
        ? WHILE_CONNECTED_NS
        : Math.max(2 * MINUTE_NS, MISSED * channel.cadenceNs());
  }

  void add(Snapshot.Entry entry, String stageName, Channel channel, Writable writable, Value now) {
    if (entry.stage() != stage || sinceCheck == BLOCK) {
      check();
      stage = entry.stage();
    }
    sinceCheck++;
    // The gate lets one write go as far as it likes towards safety, but not back again.
    boolean excused =
        writable.towardsSafety(now, entry.value()) && Ramps.tooFar(writable, now, entry.value());
    Step whole =
        new Step(
            stageName + ": set " + entry.channel() + " back to " + title(entry),
            entry.channel(),
            entry.value(),
            channel.unit(),
            preconditions(channel, writable, now),
            List.of(),
            "What was restored stays, the rest is as it was.",
            excused ? Optional.empty() : undo(writable, now),
            PUT_TIMEOUT_NS);
    steps.addAll(excused ? List.of(whole) : ramps.spelledOut(whole, channel, writable, now));
    limit(entry, channel, writable).ifPresent(block::add);
  }

  private static String title(Snapshot.Entry entry) {
    return (entry.value().display() + " " + entry.unit()).strip();
  }

  /** All steps; none can be added afterwards. */
  List<Step> made() {
    check();
    return List.copyOf(steps);
  }

  boolean allCanBeTakenBack() {
    return steps.stream().allMatch(step -> step.undo().isPresent());
  }

  /** The last step so far is verified by what all steps of its block must show. */
  private void check() {
    if (!block.isEmpty()) {
      List<VerificationLimit> all = new ArrayList<>(steps.getLast().verification());
      all.addAll(block);
      steps.set(steps.size() - 1, steps.getLast().withVerification(all));
    }
    block.clear();
    sinceCheck = 0;
  }

  private List<Precondition> preconditions(Channel channel, Writable writable, Value now) {
    List<Precondition> preconditions = new ArrayList<>();
    preconditions.add(
        new Precondition(
            channel.id(),
            stillShows(writable, now),
            maxAgeNs(channel),
            "so it was when the restore was proposed"));
    remote(writable).ifPresent(preconditions::add);
    return preconditions;
  }

  private static Condition stillShows(Writable writable, Value now) {
    if (now instanceof Value.ChoiceValue choice) {
      return new Condition.Shows(choice.label());
    }
    double number = now.asDouble().orElse(Double.NaN);
    double slack = slack(writable.readbackTolerance(), number);
    return new Condition.Within(number - slack, number + slack);
  }

  private static double slack(double tolerance, double number) {
    return tolerance + SINGLE_PRECISION * Math.abs(number);
  }

  private static Optional<Precondition> remote(Writable writable) {
    return writable
        .localSwitch()
        .map(
            id ->
                new Precondition(
                    id, new Condition.Shows(REMOTE), WHILE_CONNECTED_NS, "nobody works there"));
  }

  /** Where the present value could not be written again, there is no way back by Orrery. */
  private static Optional<Step.Undo> undo(Writable writable, Value now) {
    boolean possible =
        now instanceof Value.ChoiceValue || Closeness.within(now, writable.low(), writable.high());
    return possible
        ? Optional.of(
            new Step.Undo(
                now,
                remote(writable).stream().toList(),
                "it showed this when the restore was approved"))
        : Optional.empty();
  }

  /**
   * Where the device must be when its block is looked at; absent for a channel that speaks on
   * change only and so says nothing new after the gate's own read-back.
   */
  private Optional<VerificationLimit> limit(
      Snapshot.Entry entry, Channel channel, Writable writable) {
    ChannelId shows = writable.readback().orElse(channel.id());
    Optional<Channel> readback = facility.channel(shows).filter(c -> c.cadenceNs() > 0);
    if (readback.isEmpty()) {
      return Optional.empty();
    }
    double wanted = entry.value().asDouble().orElse(Double.NaN);
    double slack = 0;
    if (entry.value() instanceof Value.ChoiceValue choice) {
      wanted = readback.get().choices().indexOf(choice.label());
      if (wanted < 0) {
        return Optional.empty();
      }
    } else {
      double tolerance = Math.max(writable.readbackTolerance(), entry.tolerance().around(wanted));
      slack = slack(tolerance, wanted);
    }
    long withinNs = Math.max(MINUTE_NS, MISSED * readback.get().cadenceNs());
    return Optional.of(
        new VerificationLimit(
            shows, wanted - slack, wanted + slack, readback.get().unit(), withinNs, 0));
  }
}
