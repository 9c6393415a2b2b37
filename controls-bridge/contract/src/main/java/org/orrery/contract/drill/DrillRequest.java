package org.orrery.contract.drill;

import org.orrery.contract.Person;

/** What a trainee asks of a drill. */
public sealed interface DrillRequest {
  /** Who asks. */
  Person person();

  /** Starts the drill. */
  record Start(Person person) implements DrillRequest {}

  /**
   * Says that something is wrong.
   *
   * @param text what
   */
  record Notice(Person person, String text) implements DrillRequest {}

  /**
   * Says what is wrong; may be said again, and all are kept.
   *
   * @param choice the id of one of the sheet's diagnoses
   * @param text more, in the trainee's own words; may be empty
   */
  record Diagnose(Person person, String choice, String text) implements DrillRequest {}

  /**
   * Sends somebody to the rack.
   *
   * @param action the id of one of the sheet's actions
   */
  record Act(Person person, String action) implements DrillRequest {}

  /** Ends the drill. */
  record End(Person person) implements DrillRequest {}
}
