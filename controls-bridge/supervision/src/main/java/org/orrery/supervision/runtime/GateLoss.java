package org.orrery.supervision.runtime;

import java.util.List;
import org.orrery.contract.health.ProcessAway;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.supervision.core.lifecycle.Event;

/**
 * Holds what is being carried out or taken back when the gateway's process is gone, so that a
 * person is called at once. For one context; not thread-safe.
 */
record GateLoss(Desk desk) {
  private static final String ROOM = "gateway";

  void onAway(ProcessAway away) {
    if (!away.rooms().contains(ROOM)) {
      return;
    }
    String why =
        "the gateway cannot be reached: "
            + away.why()
            + "; what is not known of the last write is asked for when it is back";
    List.copyOf(desk.known()).stream()
        .filter(
            proposal ->
                proposal.state() instanceof ProposalState.Executing
                    || proposal.state() instanceof ProposalState.RollingBack)
        .map(Proposal::id)
        .forEach(id -> desk.happened(id, p -> new Event.GateAway(why)));
  }
}
