package org.orrery.twin.core.diagnosis;

import java.util.Arrays;
import java.util.Optional;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.twin.core.model.InputVariable;
import org.orrery.twin.core.model.StateVariable;

/**
 * The faults that the twin can put into its model: which mark each sets, how severe it may be, and
 * how probable it is beforehand. Codes are those of the fault catalogue. Priors are guesses from
 * published operating records, not fitted.
 */
public enum Fault {
  STREAMER(
      "F1",
      "high-voltage streamer from the field cage",
      "hv.cathode",
      StateVariable.FAULT_STREAMER_MICROAMPS,
      0.15,
      0.01,
      0.02,
      0.04,
      0.08,
      0.15,
      0.3),
  WARM_LEAK(
      "F3",
      "high-voltage leak on the warm side",
      "hv.cathode",
      StateVariable.FAULT_WARM_LEAK_MICROAMPS,
      0.1,
      0.01,
      0.02,
      0.04,
      0.08,
      0.15,
      0.3),
  HV_TRIP("F4", "high-voltage trip", "hv.cathode", StateVariable.FAULT_HV_TRIPPED, 0.15, 1.0),
  PUMP_A_STOP(
      "F5",
      "recirculation pump A stopped",
      "purif.pump-a",
      StateVariable.FAULT_PUMP_A_HEALTH,
      0.1,
      0.0),
  PUMP_B_STOP(
      "F5",
      "recirculation pump B stopped",
      "purif.pump-b",
      StateVariable.FAULT_PUMP_B_HEALTH,
      0.1,
      0.0),
  FILTER_SATURATED(
      "F6",
      "purification filter saturated",
      "purif.filter",
      StateVariable.FAULT_FILTER_EFFICIENCY,
      0.02,
      0.0,
      0.5),
  NITROGEN_LOST(
      "F8",
      "liquid nitrogen or condenser lost",
      "cryo.condenser",
      StateVariable.FAULT_LN2_SUPPLY,
      0.1,
      0.0,
      0.3,
      0.6),
  VALVE_STUCK(
      "F9",
      "LN2 valve does not move",
      "cryo.condenser",
      StateVariable.FAULT_VALVE_STUCK,
      0.02,
      1.0);

  private final String code;
  private final String title;
  private final String device;
  private final StateVariable mark;
  private final double prior;
  private final double[] severities;

  Fault(
      String code,
      String title,
      String device,
      StateVariable mark,
      double prior,
      double... severities) {
    this.code = code;
    this.title = title;
    this.device = device;
    this.mark = mark;
    this.prior = prior;
    this.severities = severities;
  }

  /** As the contract names it. */
  public Hypothesis.PlantFault hypothesis() {
    return new Hypothesis.PlantFault(code, title, device);
  }

  /** The fault of a hypothesis; a code that several share is told apart by the device. */
  public static Optional<Fault> of(Hypothesis.PlantFault hypothesis) {
    return Arrays.stream(values())
        .filter(fault -> fault.code.equals(hypothesis.code()))
        .filter(fault -> !fault.code.equals("F5") || fault.device.equals(hypothesis.device()))
        .findFirst();
  }

  /** The state that marks it. */
  public StateVariable mark() {
    return mark;
  }

  /** Probability beforehand, relative to the others. */
  double prior() {
    return prior;
  }

  /** How many severities to try. */
  int severityCount() {
    return severities.length;
  }

  /** What the mark becomes in a member at a severity. */
  public double markValue(int severity, double[][] rows, int member) {
    return switch (this) {
      case STREAMER, WARM_LEAK ->
          severities[severity]
              * StateVariable.CHAIN_MICROAMPS_PER_KILOVOLT
              * Math.exp(rows[StateVariable.LOG_CHAIN.ordinal()][member])
              * rows[StateVariable.CATHODE_KILOVOLTS.ordinal()][member];
      case HV_TRIP, PUMP_A_STOP, PUMP_B_STOP, FILTER_SATURATED, NITROGEN_LOST, VALVE_STUCK ->
          severities[severity];
    };
  }

  /** Whether the fault could show: a pump that is switched off cannot stop. */
  boolean possible(double[] inputs) {
    return switch (this) {
      case PUMP_A_STOP -> inputs[InputVariable.PUMP_A_ENABLED.ordinal()] != 0.0;
      case PUMP_B_STOP -> inputs[InputVariable.PUMP_B_ENABLED.ordinal()] != 0.0;
      case STREAMER, WARM_LEAK, HV_TRIP -> inputs[InputVariable.CATHODE_ENABLED.ordinal()] != 0.0;
      case FILTER_SATURATED, NITROGEN_LOST, VALVE_STUCK -> true;
    };
  }
}
