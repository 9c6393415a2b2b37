package org.orrery.simulator.fault;

import java.util.List;

/**
 * A fault that can be started: what it does, when it ends by itself, and the truth about it.
 * Immutable.
 *
 * @param code its code, {@code F1} to {@code F24} for the catalogue, another word for one from a
 *     file
 * @param target which of several equal things it concerns, for example {@code pump-a}; empty where
 *     there is one. A fault replaces an active one of the same code and target
 * @param effects what it does
 * @param ends when it is over
 * @param truth what is known about it
 */
public record Fault(String code, String target, List<Effect> effects, Ending ends, Truth truth) {
  public Fault {
    effects = List.copyOf(effects);
  }

  /** When a fault is over. */
  public sealed interface Ending {
    /** When somebody clears it. */
    record Lasts() implements Ending {}

    /** After a time, s of plant time. */
    record After(double seconds) implements Ending {}

    /** When the streamer has quenched, or after a time, s of plant time. */
    record Quenched(double orAfterSeconds) implements Ending {}

    /** When the high-voltage trip that it caused has been reset. */
    record HighVoltageReset() implements Ending {}

    /**
     * When the crew writes a value, a little later.
     *
     * @param channelId the channel written
     * @param value the value, compared with a tolerance of 1e-9
     * @param afterSeconds how long the repair takes from then, s of plant time
     */
    record Repaired(String channelId, double value, double afterSeconds) implements Ending {}
  }
}
