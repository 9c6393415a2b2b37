package org.orrery.simulator;

import java.util.List;
import java.util.Optional;

/**
 * What a device says about one of its channels. Immutable.
 *
 * @param id stable name, for example {@code purif.pump-a.speed-set}
 * @param kind the kind of its values
 * @param unit UCUM code, for example {@code mbar}, {@code K}, {@code 1}
 * @param egu the unit as the site writes it on its displays, for example {@code mbar(a)}
 * @param description one line for people
 * @param choices the names of the choices, empty unless {@code kind} is CHOICE
 * @param displayLow low end of a sensible plot, in the unit
 * @param displayHigh high end of a sensible plot, in the unit
 * @param limits the limits that the device itself watches
 * @param writable the accepted range where the channel can be written
 * @param cadenceNs time between regular read-outs, plant nanoseconds
 */
public record SimulatedChannel(
    String id,
    Kind kind,
    String unit,
    String egu,
    String description,
    List<String> choices,
    double displayLow,
    double displayHigh,
    AlarmLimits limits,
    Optional<WriteRange> writable,
    long cadenceNs) {
  /** Kinds of values. */
  public enum Kind {
    /** {@link SimValue.DoubleValue}. */
    DOUBLE,
    /** {@link SimValue.LongValue}. */
    LONG,
    /** {@link SimValue.TextValue}. */
    TEXT,
    /** {@link SimValue.ChoiceValue}. */
    CHOICE,
    /** {@link SimValue.ArrayValue}. */
    ARRAY
  }

  public SimulatedChannel {
    choices = List.copyOf(choices);
  }

  /** Returns the process-variable name under which the reference facility serves the channel. */
  public String pvName() {
    return "LAR:" + id.toUpperCase(java.util.Locale.ROOT).replace('.', ':').replace('-', '_');
  }

  /** Returns whether a put can ever be accepted. */
  public boolean isWritable() {
    return writable.isPresent();
  }
}
