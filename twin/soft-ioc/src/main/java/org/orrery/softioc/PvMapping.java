package org.orrery.softioc;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.Range;
import org.orrery.epics.server.PvState;
import org.orrery.simulator.AlarmLimits;
import org.orrery.simulator.DeviceStatus;
import org.orrery.simulator.Reading;
import org.orrery.simulator.SimValue;
import org.orrery.simulator.SimulatedChannel;
import org.orrery.simulator.Waveform;

/** The simulator's words in those of EPICS. Stateless. */
final class PvMapping {
  /** EPICS alarm status class "device". */
  private static final int DEVICE = 1;

  private PvMapping() {}

  static PvMetadata metadata(SimulatedChannel channel) {
    return new PvMetadata(
        kind(channel.kind()),
        channel.egu(),
        channel.description(),
        new Range(channel.displayLow(), channel.displayHigh()),
        channel.writable().map(range -> new Range(range.min(), range.max())).orElse(Range.NONE),
        limits(channel.limits()),
        channel.choices());
  }

  private static ValueKind kind(SimulatedChannel.Kind kind) {
    return switch (kind) {
      case DOUBLE -> ValueKind.DOUBLE;
      case LONG -> ValueKind.LONG;
      case TEXT -> ValueKind.TEXT;
      case CHOICE -> ValueKind.CHOICE;
      case ARRAY -> ValueKind.DOUBLE_ARRAY;
    };
  }

  private static Limits limits(AlarmLimits limits) {
    return new Limits(
        limit(limits.lowAlarm()),
        limit(limits.lowWarning()),
        limit(limits.highWarning()),
        limit(limits.highAlarm()));
  }

  private static OptionalDouble limit(double limit) {
    return Double.isNaN(limit) ? OptionalDouble.empty() : OptionalDouble.of(limit);
  }

  /**
   * The state that a reading shows.
   *
   * @param timeShiftNs added to the reading's time
   */
  static PvState state(Reading reading, SimulatedChannel channel, long timeShiftNs) {
    Severity severity = severity(reading.severity());
    DeviceStatus status = reading.status();
    return new PvState(
        value(reading.value(), channel.choices()),
        severity,
        severity == Severity.NONE ? 0 : DEVICE,
        status == DeviceStatus.NONE ? "" : status.name(),
        reading.timeNs() + timeShiftNs);
  }

  private static Severity severity(org.orrery.simulator.Severity severity) {
    return switch (severity) {
      case NONE -> Severity.NONE;
      case MINOR -> Severity.MINOR;
      case MAJOR -> Severity.MAJOR;
      case INVALID -> Severity.INVALID;
    };
  }

  static Value value(SimValue value, List<String> choices) {
    return switch (value) {
      case SimValue.DoubleValue number -> new Value.DoubleValue(number.value());
      case SimValue.LongValue number -> new Value.LongValue(number.value());
      case SimValue.TextValue text -> new Value.TextValue(text.value());
      case SimValue.ChoiceValue choice ->
          new Value.ChoiceValue(choice.index(), choices.get(choice.index()));
      case SimValue.ArrayValue array -> DoubleArrayValue.of(array.values().toArray());
    };
  }

  /** A value as the simulator takes it; empty for a kind that it has not. */
  static Optional<SimValue> simulated(Value value) {
    return switch (value) {
      case Value.DoubleValue number -> Optional.of(new SimValue.DoubleValue(number.value()));
      case Value.LongValue number -> Optional.of(new SimValue.LongValue(number.value()));
      case Value.TextValue text -> Optional.of(new SimValue.TextValue(text.value()));
      case Value.ChoiceValue choice -> Optional.of(new SimValue.ChoiceValue(choice.index()));
      case DoubleArrayValue array ->
          Optional.of(new SimValue.ArrayValue(new Waveform(array.toArray())));
      case HistogramValue histogram -> Optional.empty();
    };
  }
}
