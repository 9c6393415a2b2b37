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

  /** Tags a device out. */
  record SetTagOut(Person person, String device, String reason) implements ControlRequest {}

  /** Lifts one's own tag-out. */
  record LiftTagOut(Person person, String device) implements ControlRequest {}
}
