package org.orrery.supervision.core.lifecycle;

import java.util.List;
import org.orrery.contract.proposal.Proposal;

/** What an event does to a proposal. */
public sealed interface Transition {
  /**
   * The proposal moves on. It must be on record before any effect is carried out.
   *
   * @param next the proposal after the event; its version is one higher
   * @param effects what must be done then, in order
   */
  record Moved(Proposal next, List<Effect> effects) implements Transition {
    public Moved {
      effects = List.copyOf(effects);
    }
  }

  /** The proposal stays as it is. */
  record Stayed(Refusal refusal) implements Transition {}
}
