package org.orrery.contract.drill;

import java.util.List;

/**
 * What a trainee may know of a drill before it is over.
 *
 * @param name the drill's name on the command line
 * @param title what people read
 * @param level how much it asks for, in a word
 * @param briefing who the trainee is and what the shift looks like, in paragraphs
 * @param factor plant seconds per wall second
 * @param lengthNs when the drill ends by itself at the latest, plant ns after its start
 * @param diagnoses what the trainee may say is going on
 * @param actions what a crew can be sent to do at the rack
 */
public record DrillSheet(
    String name,
    String title,
    String level,
    List<String> briefing,
    double factor,
    long lengthNs,
    List<Choice> diagnoses,
    List<RackAction> actions) {
  public DrillSheet {
    briefing = List.copyOf(briefing);
    diagnoses = List.copyOf(diagnoses);
    actions = List.copyOf(actions);
  }

  /**
   * A possible diagnosis.
   *
   * @param id its name within the drill
   * @param title what people read
   */
  public record Choice(String id, String title) {}

  /**
   * Something that a crew can do away from the control room.
   *
   * @param id its name within the drill
   * @param title what people read
   * @param walkNs how long it takes until it is done, plant ns
   */
  public record RackAction(String id, String title, long walkNs) {}
}
