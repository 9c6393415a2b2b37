package org.orrery.gateway.core;

import static org.orrery.gateway.core.GateRules.objectIf;
import static org.orrery.gateway.core.GateRules.refused;

import java.util.Optional;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.value.Closeness;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.gateway.core.ControlSystem.Accepted;
import org.orrery.gateway.core.GateVerdict.Refused;

/** Those rules of the gate that look at the value: kind, unit, range, step. Pure and stateless. */
final class ValueRules {
  private ValueRules() {}

  static Optional<Refused> unitAndKind(GateCase given, Channel channel) {
    Command command = given.command();
    ValueKind kind = ValueKind.of(command.value());
    return objectIf(
            kind != channel.kind(),
            Reason.WRONG_UNIT,
            channel.id()
                + " takes "
                + channel.kind()
                + ", the command carries "
                + kind
                + "; correct the playbook")
        .or(
            () ->
                objectIf(
                    !command.unit().equals(channel.unit()),
                    Reason.WRONG_UNIT,
                    channel.id()
                        + " is in '"
                        + channel.unit()
                        + "', the command in '"
                        + command.unit()
                        + "'; nothing is converted on a write, correct the playbook"));
  }

  static Optional<Refused> range(GateCase given, Channel channel, Writable writable) {
    return switch (given.command().value()) {
      case Value.DoubleValue d -> range(d, given, channel, writable);
      case Value.LongValue l -> range(l, given, channel, writable);
      case Value.ChoiceValue choice ->
          objectIf(
              channel.choices().indexOf(choice.label()) != choice.index(),
              Reason.OUT_OF_RANGE,
              channel.id()
                  + " has no choice "
                  + choice.index()
                  + " '"
                  + choice.label()
                  + "', only "
                  + channel.choices());
      case Value.TextValue t -> Optional.empty();
      case DoubleArrayValue a -> elements(a, given, channel, writable);
      case HistogramValue h ->
          Optional.of(
              refused(Reason.NOT_WRITABLE, channel.id() + " is a histogram, which nobody writes"));
    };
  }

  private static Optional<Refused> elements(
      DoubleArrayValue array, GateCase given, Channel channel, Writable writable) {
    for (int i = 0; i < array.size(); i++) {
      Optional<Refused> objection = range(Value.of(array.get(i)), given, channel, writable);
      if (objection.isPresent()) {
        return objection;
      }
    }
    return Optional.empty();
  }

  /** The stricter holds of what the description allows and what the source takes as it says now. */
  private static Optional<Refused> range(
      Value number, GateCase given, Channel channel, Writable writable) {
    return objectIf(
            !Closeness.within(number, writable.low(), writable.high()),
            Reason.OUT_OF_RANGE,
            number.display()
                + " "
                + channel.unit()
                + " lies outside what may be written to "
                + channel.id()
                + ": "
                + writable.low()
                + " to "
                + writable.high()
                + " "
                + channel.unit())
        .or(
            () ->
                given.plant().accepted(channel.id()).flatMap(its -> beyond(number, channel, its)));
  }

  private static Optional<Refused> beyond(Value number, Channel channel, Accepted its) {
    return objectIf(
        !its.holds(number),
        Reason.OUT_OF_RANGE,
        number.display()
            + " "
            + channel.unit()
            + " lies outside what "
            + channel.pv()
            + " itself takes now: "
            + its.low()
            + " to "
            + its.high()
            + " "
            + channel.unit()
            + "; ask who set these limits, or correct the facility description");
  }

  static Optional<Refused> step(GateCase given, Channel channel, Writable writable, Value now) {
    if (writable.maxStep().isEmpty() || channel.kind() == ValueKind.CHOICE) {
      return Optional.empty();
    }
    double largest = writable.maxStep().getAsDouble();
    double change =
        Math.abs(given.command().value().asDouble().orElse(0) - now.asDouble().orElse(Double.NaN));
    return objectIf(
        given.command().value().asDouble().isPresent() && !(change <= largest),
        Reason.OUT_OF_RANGE,
        "a change of "
            + change
            + " "
            + channel.unit()
            + " is more than one write may make on "
            + channel.id()
            + " ("
            + largest
            + " "
            + channel.unit()
            + "); go in smaller steps");
  }
}
