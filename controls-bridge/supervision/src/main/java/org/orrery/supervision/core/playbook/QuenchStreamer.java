package org.orrery.supervision.core.playbook;

import static org.orrery.supervision.core.playbook.Writes.MINUTE_NS;
import static org.orrery.supervision.core.playbook.Writes.WHILE_CONNECTED_NS;
import static org.orrery.supervision.core.playbook.Writes.shows;
import static org.orrery.supervision.core.playbook.Writes.within;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.RiskClass;

/**
 * F1, high-voltage streamer: lower the cathode to {@value #QUENCH_SHARE} of its set point until the
 * ground plane is quiet, then ramp back, as is routine at such detectors.
 */
public final class QuenchStreamer implements Playbook {
  /** Below nine tenths of the nominal voltage a streamer goes out within minutes. */
  private static final double QUENCH_SHARE = 0.85;

  private static final double STREAMING_NANOAMPS = 1e6;

  @Override
  public String id() {
    return "quench-streamer/1";
  }

  @Override
  public String faultCode() {
    return "F1";
  }

  @Override
  public Offer offer(Occasion occasion) {
    Writes writes = new Writes(occasion.facility());
    Optional<String> missing = writes.missing(HighVoltage.CHANNELS);
    if (missing.isPresent()) {
      return new Offer.DoesNotFit(missing.get());
    }
    OptionalDouble asked = occasion.readings().number(HighVoltage.VOLTAGE_SET, WHILE_CONNECTED_NS);
    if (asked.isEmpty() || asked.getAsDouble() >= -1) {
      return new Offer.DoesNotFit("the cathode's set point is not known");
    }
    Plan plan = plan(occasion, writes, asked.getAsDouble());
    List<String> broken = occasion.readings().broken(plan.preconditions());
    return broken.isEmpty()
        ? new Offer.Fits(plan)
        : new Offer.DoesNotFit(String.join("; ", broken));
  }

  private Plan plan(Occasion occasion, Writes writes, double nominal) {
    double low = Math.rint(nominal * QUENCH_SHARE);
    long rampNs = HighVoltage.rampNs(nominal, low);
    List<Precondition> common =
        List.of(
            HighVoltage.remote(),
            HighVoltage.interlock(),
            shows(HighVoltage.ENABLE, "ON", "the supply is on"));
    List<Precondition> preconditions =
        List.of(
            within(
                HighVoltage.GROUND_PLANE,
                HighVoltage.QUIET_NANOAMPS,
                STREAMING_NANOAMPS,
                "the streamer burns"),
            shows(HighVoltage.STATE, "ON", "the voltage is steady"),
            HighVoltage.pressure());
    return new Plan(
        occasion.proposal(),
        id(),
        "Lower the cathode to " + low + " kV to quench the streamer, then ramp back",
        "A streamer draws current from the cathode and distorts the drift field; at a lower"
            + " voltage it goes out.",
        Optional.of(occasion.diagnosis().id()),
        Optional.empty(),
        RiskClass.NORMAL,
        preconditions,
        List.of(
            HighVoltage.setRamp(writes),
            HighVoltage.setVoltage(
                writes,
                "Lower to " + low + " kV",
                low,
                common,
                List.of(
                    HighVoltage.voltageAt(writes, low, rampNs, 5 * MINUTE_NS),
                    HighVoltage.quiet(writes, rampNs + 5 * MINUTE_NS, 5 * MINUTE_NS)),
                Optional.empty()),
            HighVoltage.setVoltage(
                writes,
                "Ramp back to " + nominal + " kV",
                nominal,
                common,
                List.of(
                    HighVoltage.voltageAt(writes, nominal, rampNs, 5 * MINUTE_NS),
                    HighVoltage.quiet(writes, rampNs, 5 * MINUTE_NS)),
                Optional.of(HighVoltage.backTo(low)))),
        occasion.expiresAtNs(),
        occasion.callOut(writes.channel(HighVoltage.VOLTAGE).subsystem()));
  }
}
