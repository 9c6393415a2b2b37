package org.orrery.supervision.runtime;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.orrery.contract.audit.AuditRecord;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.supervision.core.audit.AuditEntry;
import org.orrery.supervision.core.audit.AuditHead;
import org.orrery.supervision.runtime.store.MemoryProposalStore;
import org.orrery.supervision.runtime.store.ProposalStore;

/** A store that can be down, and that can lose the answer to a change that it made. Thread-safe. */
final class FlakyStore implements ProposalStore {
  private final ProposalStore store = new MemoryProposalStore();
  volatile boolean down;
  volatile boolean losesAnswers;

  /** Answers, but refuses every change, as a full disk or a broken table would make it. */
  volatile boolean refuses;

  /** Keeps every change of a proposal waiting. */
  volatile boolean slow;

  /** Goes down right after a proposal in this state was stored. */
  volatile Class<? extends ProposalState> lastState = ProposalState.Failed.class;

  private void check() {
    if (down) {
      throw new UnavailableException("scripted: down", new IllegalStateException());
    }
  }

  private void checkChange() {
    check();
    if (refuses) {
      throw new IllegalStateException("scripted: refused");
    }
  }

  @Override
  public AuditHead save(Proposal proposal, List<AuditEntry> entries, BooleanSupplier stillWanted) {
    checkChange();
    while (slow) {
      LockSupport.parkNanos(5_000_000);
    }
    AuditHead head = store.save(proposal, entries, stillWanted);
    down = lastState.isInstance(proposal.state());
    if (losesAnswers) {
      losesAnswers = false;
      throw new UnavailableException("scripted: answer lost", new IllegalStateException());
    }
    return head;
  }

  @Override
  public AuditHead append(List<AuditEntry> entries) {
    checkChange();
    return store.append(entries);
  }

  @Override
  public Optional<Proposal> find(ProposalId id) {
    check();
    return store.find(id);
  }

  @Override
  public List<Proposal> newest(int limit) {
    check();
    return store.newest(limit);
  }

  @Override
  public List<Proposal> unfinished() {
    check();
    return store.unfinished();
  }

  @Override
  public List<AuditRecord> auditAfter(long sequence, int limit) {
    check();
    return store.auditAfter(sequence, limit);
  }

  @Override
  public List<AuditRecord> auditAbout(Set<String> subjects, int limit) {
    check();
    return store.auditAbout(subjects, limit);
  }

  @Override
  public AuditHead head() {
    check();
    return store.head();
  }
}
