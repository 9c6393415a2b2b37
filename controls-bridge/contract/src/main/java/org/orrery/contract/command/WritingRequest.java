package org.orrery.contract.command;

import org.orrery.contract.Person;

/** A request about the one switch that covers every path to a write. */
public sealed interface WritingRequest {
  /** Who asks. */
  Person person();

  /** Stops all writing at once; anyone may. */
  record Stop(Person person, String reason) implements WritingRequest {}

  /** Agrees to release the stop; it is released when two different people have. */
  record Release(Person person, String reason) implements WritingRequest {}
}
