package org.orrery.supervision.core.playbook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.DeviceLimits;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.facility.WriteBudget;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.proposal.VerificationLimit;
import org.orrery.contract.value.Value;
import org.orrery.supervision.core.Readings;

/**
 * Makes a step that goes further than one write may into a ramp: as many steps of the plan as it
 * takes, each within the channel's largest step and no faster than the gate lets writes through.
 * People see and approve every one of them; each is a signed command of its own, is verified, waits
 * out the pace, and begins only where the one before left the channel. So a ramp holds at the first
 * miss, foreign change or stop, at a value that was approved as a place to stay.
 *
 * <p>High-voltage ramps are no matter of this: they run in the supply, which has no largest step.
 * Pure; thread-safe.
 */
public final class Ramps {
  /** A longer ramp belongs into the device's own control, not into a plan that people read. */
  public static final int MOST_STEPS = 100;

  private static final double ROUNDING = 1e-9;
  private static final long SECOND_NS = 1_000_000_000L;

  /** How many readings of a channel may be waited for until it shows what was written. */
  private static final int READINGS = 5;

  private final Facility facility;
  private final double factor;

  /**
   * @param factor plant seconds per wall second: the gate counts pace in wall time, verification in
   *     plant time
   */
  public Ramps(Facility facility, double factor) {
    this.facility = facility;
    this.factor = factor;
  }

  /** The plan with its ramps spelled out, or why one of them cannot be made. */
  public Playbook.Offer expand(Plan plan, Readings readings) {
    List<Step> steps = new ArrayList<>();
    Map<ChannelId, Double> at = new HashMap<>();
    for (Step step : plan.steps()) {
      OptionalDouble to = step.value().asDouble();
      Optional<Channel> channel = facility.channel(step.channel());
      Optional<Writable> writable = channel.flatMap(Channel::writable);
      boolean stepped =
          to.isPresent()
              && step.value() instanceof Value.DoubleValue
              && writable.isPresent()
              && writable.get().maxStep().isPresent();
      if (!stepped) {
        steps.add(step);
        continue;
      }
      @Nullable Double planned = at.get(step.channel());
      OptionalDouble from =
          planned != null
              ? OptionalDouble.of(planned)
              : readings.number(step.channel(), Writes.FRESH_NS);
      if (from.isEmpty()) {
        return new Playbook.Offer.DoesNotFit(
            step.channel() + " has no reading to begin its ramp from");
      }
      Optional<String> problem =
          ramp(step, channel.get(), writable.get(), from.getAsDouble(), to.getAsDouble(), steps);
      if (problem.isPresent()) {
        return new Playbook.Offer.DoesNotFit(problem.get());
      }
      at.put(step.channel(), to.getAsDouble());
    }
    return new Playbook.Offer.Fits(
        new Plan(
            plan.proposal(),
            plan.playbook(),
            plan.title(),
            plan.reason(),
            plan.diagnosis(),
            plan.risk(),
            plan.preconditions(),
            steps,
            plan.expiresAtNs(),
            plan.callOut()));
  }

  /** Adds the step as it is, or as a ramp; or says why there can be none. */
  private Optional<String> ramp(
      Step step, Channel channel, Writable writable, double from, double to, List<Step> steps) {
    double largest = writable.maxStep().getAsDouble();
    double distance = Math.abs(to - from);
    if (distance <= largest) {
      steps.add(step);
      return Optional.empty();
    }
    // The device may be off by its tolerance when the next write is judged.
    double sure = (largest - writable.readbackTolerance()) * (1 - ROUNDING);
    double count = Math.ceil(distance / sure);
    if (!(sure > 0) || count > MOST_STEPS) {
      return Optional.of(
          channel.id()
              + " would need more than "
              + MOST_STEPS
              + " steps of "
              + largest
              + " "
              + channel.unit()
              + " from "
              + from
              + " to "
              + to
              + "; let the device ramp by itself, or correct 'max-step' and 'tolerance'");
    }
    Channel shows = writable.readback().flatMap(facility::channel).orElse(channel);
    if (shows.cadenceNs() <= 0) {
      return Optional.of(
          shows.id()
              + " speaks on change only, so a ramp of "
              + channel.id()
              + " cannot be watched; give it a 'cadence', or a 'readback' that has one");
    }
    int parts = (int) count;
    double before = from;
    for (int part = 1; part <= parts; part++) {
      double value = part == parts ? to : from + (to - from) * part / parts;
      steps.add(part(step, shows, channel, writable, part, parts, before, value));
      before = value;
    }
    return Optional.empty();
  }

  private Step part(
      Step step,
      Channel shows,
      Channel channel,
      Writable writable,
      int part,
      int parts,
      double before,
      double value) {
    double tolerance = writable.readbackTolerance() + ROUNDING * Math.abs(before);
    List<Precondition> preconditions = new ArrayList<>(step.preconditions());
    preconditions.add(
        new Precondition(
            channel.id(),
            new Precondition.Condition.Within(before - tolerance, before + tolerance),
            Writes.FRESH_NS,
            "the ramp goes on where it left off"));
    List<VerificationLimit> limits = new ArrayList<>();
    double around = writable.readbackTolerance() + 1e-6 * Math.max(1, Math.abs(value));
    limits.add(
        new VerificationLimit(
            shows.id(),
            value - around,
            value + around,
            shows.unit(),
            READINGS * shows.cadenceNs() + 30 * SECOND_NS,
            paceNs(channel, writable)));
    if (part == parts) {
      limits.addAll(step.verification());
    }
    Optional<Step.Undo> undo =
        step.undo()
            .map(
                declared ->
                    part == 1
                        ? declared
                        : new Step.Undo(
                            Value.of(before), declared.preconditions(), declared.because()));
    return new Step(
        step.title() + " (" + part + " of " + parts + ": " + round(value) + " " + step.unit() + ")",
        step.channel(),
        Value.of(value),
        step.unit(),
        preconditions,
        limits,
        part == parts
            ? step.holdState()
            : channel.id() + " stays at the value of this step of its ramp.",
        undo,
        step.timeoutNs());
  }

  /** The shortest time between two steps that the gate lets through, plant ns. */
  private long paceNs(Channel channel, Writable writable) {
    Optional<DeviceLimits> device =
        Optional.ofNullable(facility.deviceLimits().get(channel.device()));
    long wallNs =
        Math.max(
            Math.max(writable.minIntervalNs(), device.map(DeviceLimits::minIntervalNs).orElse(0L)),
            Math.max(perWrite(writable.budget()), perWrite(device.flatMap(DeviceLimits::budget))));
    return Math.round(Math.ceil(wallNs * factor));
  }

  private static long perWrite(Optional<WriteBudget> budget) {
    return budget.map(b -> b.perNs() / b.writes() + 1).orElse(0L);
  }

  private static double round(double value) {
    return Math.round(value * 1_000) / 1_000.0;
  }
}
