package org.orrery.supervision.core.playbook;

import static org.orrery.supervision.core.playbook.Writes.MINUTE_NS;
import static org.orrery.supervision.core.playbook.Writes.PUT_TIMEOUT_NS;
import static org.orrery.supervision.core.playbook.Writes.SECOND_NS;
import static org.orrery.supervision.core.playbook.Writes.WHILE_CONNECTED_NS;
import static org.orrery.supervision.core.playbook.Writes.shows;
import static org.orrery.supervision.core.playbook.Writes.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.Step;

/**
 * F4, high-voltage trip: reset the supply at a set point of zero, switch it on, and ramp back over
 * plateaus, each of which must be quiet before the next. Two people must agree. Every ramp runs in
 * the supply, so each intermediate state is a steady voltage.
 */
public final class RampAfterTrip implements Playbook {
  private static final int PLATEAUS = 3;
  private static final double DISCHARGED_KV = 1.0;

  @Override
  public String id() {
    return "ramp-after-trip/1";
  }

  @Override
  public String faultCode() {
    return "F4";
  }

  @Override
  public Offer offer(Occasion occasion) {
    Writes writes = new Writes(occasion.facility());
    Optional<String> missing = writes.missing(HighVoltage.CHANNELS);
    if (missing.isPresent()) {
      return new Offer.DoesNotFit(missing.get());
    }
    OptionalDouble asked = occasion.readings().number(HighVoltage.VOLTAGE_SET, WHILE_CONNECTED_NS);
    if (asked.isEmpty() || asked.getAsDouble() >= -DISCHARGED_KV) {
      return new Offer.DoesNotFit("the set point before the trip is not known");
    }
    Plan plan = plan(occasion, writes, asked.getAsDouble());
    List<String> broken = occasion.readings().broken(plan.preconditions());
    return broken.isEmpty()
        ? new Offer.Fits(plan)
        : new Offer.DoesNotFit(String.join("; ", broken));
  }

  private Plan plan(Occasion occasion, Writes writes, double target) {
    List<Precondition> preconditions =
        List.of(
            shows(HighVoltage.STATE, "TRIPPED", "the supply has tripped"),
            within(HighVoltage.VOLTAGE, -DISCHARGED_KV, DISCHARGED_KV, "the cathode is discharged"),
            within(
                HighVoltage.GROUND_PLANE,
                -HighVoltage.QUIET_NANOAMPS,
                HighVoltage.QUIET_NANOAMPS,
                "the ground plane is quiet"),
            HighVoltage.remote(),
            HighVoltage.interlock(),
            HighVoltage.pressure());
    List<Step> steps = new ArrayList<>();
    steps.add(
        HighVoltage.setVoltage(
            writes,
            "Set the voltage to 0 kV before the reset",
            0,
            List.of(shows(HighVoltage.STATE, "TRIPPED", "the supply is still tripped")),
            List.of(),
            Optional.empty()));
    steps.add(HighVoltage.setRamp(writes));
    steps.add(reset(writes));
    steps.add(enable(writes));
    double before = 0;
    for (int plateau = 1; plateau <= PLATEAUS; plateau++) {
      double next = target * plateau / PLATEAUS;
      long rampNs = HighVoltage.rampNs(before, next);
      steps.add(
          HighVoltage.setVoltage(
              writes,
              "Ramp to " + next + " kV",
              next,
              List.of(
                  HighVoltage.remote(),
                  HighVoltage.interlock(),
                  shows(HighVoltage.ENABLE, "ON", "the supply is on")),
              List.of(
                  HighVoltage.voltageAt(writes, next, rampNs, 5 * MINUTE_NS),
                  HighVoltage.quiet(writes, rampNs, 5 * MINUTE_NS)),
              Optional.of(HighVoltage.backTo(before))));
      before = next;
    }
    return new Plan(
        occasion.proposal(),
        id(),
        "Reset the trip and ramp the cathode back to " + target + " kV",
        "The cathode supply has tripped; without drift field no charge is seen. Look for the cause"
            + " of the trip before you agree.",
        Optional.of(occasion.diagnosis().id()),
        Optional.empty(),
        RiskClass.HIGH,
        preconditions,
        steps,
        occasion.expiresAtNs(),
        occasion.callOut(writes.channel(HighVoltage.VOLTAGE).subsystem()));
  }

  private static Step reset(Writes writes) {
    List<String> states = writes.channel(HighVoltage.STATE).choices();
    int tripped = states.indexOf("TRIPPED");
    return new Step(
        "Reset the supply",
        HighVoltage.RESET,
        writes.choice(HighVoltage.RESET, "RESET"),
        writes.channel(HighVoltage.RESET).unit(),
        List.of(HighVoltage.remote(), HighVoltage.interlock()),
        tripped == states.size() - 1
            ? List.of(writes.limit(HighVoltage.STATE, 0, tripped - 1.0, MINUTE_NS, 10 * SECOND_NS))
            : List.of(),
        "The supply is off, its set point is 0 kV.",
        Optional.empty(),
        PUT_TIMEOUT_NS);
  }

  private static Step enable(Writes writes) {
    return new Step(
        "Switch the supply on at 0 kV",
        HighVoltage.ENABLE,
        writes.choice(HighVoltage.ENABLE, "ON"),
        writes.channel(HighVoltage.ENABLE).unit(),
        List.of(
            HighVoltage.remote(),
            new Precondition(
                HighVoltage.VOLTAGE_SET,
                new Precondition.Condition.Within(-0.1, 0.1),
                WHILE_CONNECTED_NS,
                "it is switched on at 0 kV")),
        List.of(HighVoltage.voltageAt(writes, 0, MINUTE_NS, 10 * SECOND_NS)),
        "The supply is on at 0 kV.",
        Optional.of(
            new Step.Undo(
                writes.choice(HighVoltage.ENABLE, "OFF"),
                List.of(HighVoltage.remote()),
                "switching the supply off ramps it down, and down is always safe")),
        PUT_TIMEOUT_NS);
  }
}
