package org.orrery.simulator.plan;

/** The faults of the catalogue. What they are is said in the assumptions, under {@code faults}. */
public enum FaultClass {
  /** High-voltage streamer. */
  F1,
  /** Fast discharge. */
  F2,
  /** Warm-side high-voltage fault. */
  F3,
  /** High-voltage trip. */
  F4,
  /** Recirculation pump stops. */
  F5,
  /** Filter saturated. */
  F6,
  /** Air leak into the purification. */
  F7,
  /** Liquid nitrogen or condenser lost. */
  F8,
  /** Nitrogen valve sticks. */
  F9,
  /** Weather front, which is no fault. */
  F10,
  /** Liquid level drops. */
  F11,
  /** Impure argon topped up. */
  F12,
  /** Front-end board lost. */
  F13,
  /** High noise state. */
  F14,
  /** Ground short. */
  F15,
  /** Regulator pick-up. */
  F16,
  /** Open wire. */
  F17,
  /** Front end saturated. */
  F18,
  /** Wire bias droops. */
  F19,
  /** Photon-detector voltage drifts. */
  F20,
  /** A sensor lies. */
  F21,
  /** Site power outage. */
  F22,
  /** Resistor chain fails. */
  F23,
  /** High-voltage ripple. */
  F24
}
