package org.orrery.supervision.runtime;

import io.vertx.core.Future;
import java.util.Optional;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.supervision.core.lifecycle.Effect;

/** Where changes and effects go. */
interface Outlet {
  /** A proposal changed and is on record. */
  void changed(Proposal proposal);

  /** A proposal stands as it did; whoever missed it hears of it. */
  void told(Proposal proposal);

  /** An effect must be carried out. */
  void carryOut(Proposal proposal, Effect effect);

  /** Looks at a proposal's record anew: its latest stored form. */
  Future<Optional<Proposal>> reload(ProposalId id);

  /** Runs the task after a while. */
  void later(Runnable task);
}
