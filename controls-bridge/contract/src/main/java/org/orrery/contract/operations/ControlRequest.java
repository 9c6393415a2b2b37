package org.orrery.contract.operations;

import org.orrery.contract.Person;

/** A request about control of the detector. */
public sealed interface ControlRequest {
  /** Who asks. */
  Person person();

  /** Takes the token; taking it from somebody else needs {@code force}, and is on record. */
  record TakeControl(Person person, boolean force) implements ControlRequest {}

  /** Gives the token back. */
  record ReleaseControl(Person person) implements ControlRequest {}

  /**
   * Reserves a device or a group for some time; asking again prolongs.
   *
   * @param forNs for how long, wall ns
   */
  record LockDevice(Person person, String device, String reason, long forNs)
      implements ControlRequest {}

  /** Gives a reserved device back: one's own, or, as an expert, somebody else's, on record. */
  record UnlockDevice(Person person, String device) implements ControlRequest {}

  /** Tags a device or a group out. */
  record SetTagOut(Person person, String device, String reason) implements ControlRequest {}

  /** Lifts one's own tag-out. */
  record LiftTagOut(Person person, String device) implements ControlRequest {}
}
