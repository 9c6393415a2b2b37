package org.orrery.simulator.fault;

/** One thing that a fault does. Immutable. */
public sealed interface Effect {
  /**
   * A knob of the detector is moved away from its neutral value.
   *
   * @param knobId which
   * @param course by how much, in the unit of the knob
   */
  record OnKnob(String knobId, Profile course) implements Effect {}

  /**
   * A sensor lies.
   *
   * @param channelId which
   * @param lie the kind of lie
   * @param course its size, in the unit of the channel; see the kinds
   */
  record OnSensor(String channelId, Lie lie, Profile course) implements Effect {}

  /**
   * A device no longer does what it is told, or somebody else tells it.
   *
   * @param channelId its writable channel
   * @param trouble the kind of trouble
   * @param course from when on: it acts while the amount is not 0; for {@link Trouble#FOREIGN} the
   *     amount is the value that is set
   */
  record OnActuator(String channelId, Trouble trouble, Profile course) implements Effect {}

  /** How a sensor lies. */
  enum Lie {
    /** The amount is added. */
    BIAS,
    /** The reading is multiplied by 1 plus the amount. */
    SCALE,
    /** Gaussian noise of that standard deviation is added. */
    NOISE,
    /** The reading is the amount, whatever the truth. */
    STUCK_AT,
    /** The reading stays what it was when the lie began; it lies while the amount is not 0. */
    FROZEN,
    /** Readings are invalid while the amount is not 0. */
    DEAD
  }

  /** What is wrong with an actuator. */
  enum Trouble {
    /** It refuses every put. */
    REFUSES,
    /** It takes puts and does nothing. */
    IGNORES,
    /** Somebody at the rack sets it, once, when the course begins. */
    FOREIGN
  }
}
