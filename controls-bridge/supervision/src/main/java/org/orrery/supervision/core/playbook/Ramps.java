package org.orrery.supervision.core.playbook;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    Map<ChannelId, Value> at = new HashMap<>();
    for (Step step : plan.steps()) {
      Optional<Channel> channel = facility.channel(step.channel());
      Optional<Writable> writable = channel.flatMap(Channel::writable);
      if (writable.isEmpty()
          || writable.get().maxStep().isEmpty()
          || !(step.value() instanceof Value.DoubleValue)) {
        steps.add(step);
        continue;
      }
      Optional<Value> from =
          Optional.ofNullable(at.get(step.channel()))
              .or(() -> readings.value(step.channel(), Writes.FRESH_NS));
      if (from.isEmpty()) {
        return new Playbook.Offer.DoesNotFit(
            step.channel() + " has no reading to begin its ramp from");
      }
      Optional<String> problem = objection(channel.get(), writable.get(), from.get(), step.value());
      if (problem.isPresent()) {
        return new Playbook.Offer.DoesNotFit(step.channel() + ": " + problem.get());
      }
      steps.addAll(spelledOut(step, channel.get(), writable.get(), from.get()));
      at.put(step.channel(), step.value());
    }
    return new Playbook.Offer.Fits(plan.revised(plan.reason(), plan.risk(), steps));
  }

  /** Whether the way from one value to the other is further than one write may go. */
  public static boolean tooFar(Writable writable, Value from, Value to) {
    // Not-a-number is too far as well.
    return writable.maxStep().isPresent()
        && !(distance(from, to) <= writable.maxStep().getAsDouble());
  }

  /** Why there can be no ramp, as a clause for people; empty where there can, or none is needed. */
  public Optional<String> objection(Channel channel, Writable writable, Value from, Value to) {
    if (!tooFar(writable, from, to)) {
      return Optional.empty();
    }
    double largest = writable.maxStep().getAsDouble();
    String way = "from " + from.display() + " to " + to.display() + " " + channel.unit();
    if (!(to instanceof Value.DoubleValue)) {
      return Optional.of(
          way
              + " is more than one write may change it, "
              + largest
              + ", and only channels of kind double are ramped; bring it nearer by hand");
    }
    if (!(sure(writable) > 0) || !(parts(writable, from, to) <= MOST_STEPS)) {
      return Optional.of(
          way
              + " it would need more than "
              + MOST_STEPS
              + " steps of "
              + largest
              + "; let the device ramp by itself, or correct 'max-step' and 'tolerance'");
    }
    Channel shows = shows(channel, writable);
    return shows.cadenceNs() > 0
        ? Optional.empty()
        : Optional.of(
            way
                + " needs a ramp, which cannot be watched, because "
                + shows.id()
                + " speaks on change only; give it a 'cadence', or a 'readback' that has one");
  }

  /**
   * The step as it is where one write may go so far, or else as a ramp. What it demands of its own
   * channel is demanded where the ramp begins.
   *
   * @param from what the channel shows before; nothing may {@linkplain #objection speak against}
   *     the way from there
   */
  public List<Step> spelledOut(Step step, Channel channel, Writable writable, Value from) {
    if (!tooFar(writable, from, step.value())) {
      return List.of(step);
    }
    double begin = from.asDouble().orElseThrow();
    double to = step.value().asDouble().orElseThrow();
    int parts = (int) parts(writable, from, step.value());
    Channel shows = shows(channel, writable);
    List<Step> steps = new ArrayList<>();
    double before = begin;
    for (int part = 1; part <= parts; part++) {
      double value = part == parts ? to : begin + (to - begin) * part / parts;
      steps.add(part(step, shows, channel, writable, part, parts, before, value));
      before = value;
    }
    return steps;
  }

  private static double distance(Value from, Value to) {
    return Math.abs(to.asDouble().orElse(Double.NaN) - from.asDouble().orElse(Double.NaN));
  }

  /** The device may be off by its tolerance when the next write is judged. */
  private static double sure(Writable writable) {
    return (writable.maxStep().getAsDouble() - writable.readbackTolerance()) * (1 - ROUNDING);
  }

  private static double parts(Writable writable, Value from, Value to) {
    return Math.ceil(distance(from, to) / sure(writable));
  }

  private Channel shows(Channel channel, Writable writable) {
    return writable.readback().flatMap(facility::channel).orElse(channel);
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
    List<Precondition> preconditions =
        new ArrayList<>(
            step.preconditions().stream()
                .filter(p -> part == 1 || !p.channel().equals(channel.id()))
                .toList());
    preconditions.add(
        new Precondition(
            channel.id(),
            new Precondition.Condition.Within(before - tolerance, before + tolerance),
            Math.max(Writes.FRESH_NS, READINGS * channel.cadenceNs()),
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
