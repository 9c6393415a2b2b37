package org.orrery.supervision.runtime.audit;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.orrery.contract.audit.AuditRecord;
import org.orrery.contract.audit.AuditVerdict;
import org.orrery.supervision.core.audit.AuditHead;
import org.orrery.supervision.core.audit.ChainWalk;
import org.orrery.supervision.runtime.store.ProposalStore;

/**
 * Verifies the whole audit chain: every entry's hash, its link to the one before, the numbering,
 * the end that the database believes in, and the signed end in the file beside it. Blocks;
 * thread-safe.
 */
public final class AuditVerifier {
  private static final int PAGE = 500;

  private final ProposalStore store;
  private final HeadFile headFile;

  /** Verifies a store against its witness. */
  public AuditVerifier(ProposalStore store, HeadFile headFile) {
    this.store = store;
    this.headFile = headFile;
  }

  /**
   * Walks over the chain.
   *
   * @throws ProposalStore.UnavailableException if the record cannot be reached
   */
  public AuditVerdict verify() {
    Optional<AuditHead> witness;
    try {
      // Read before the table, so that entries added meanwhile are beyond it and not missing.
      witness = headFile.read();
    } catch (IOException e) {
      return new AuditVerdict.Broken(0, "the witness of the chain's end: " + e.getMessage());
    }
    AuditHead head = store.head();
    if (witness.isEmpty() && head.sequence() > 0) {
      return new AuditVerdict.Broken(
          head.sequence(), "the file that witnesses the chain's end is missing");
    }
    ChainWalk walk = new ChainWalk(witness);
    long sequence = 0;
    boolean intact = true;
    while (intact && sequence < head.sequence()) {
      int wanted = (int) Math.min(PAGE, head.sequence() - sequence);
      List<AuditRecord> page = store.auditAfter(sequence, wanted);
      if (page.isEmpty()) {
        break;
      }
      for (AuditRecord entry : page) {
        intact = intact && entry.sequence() <= head.sequence() && walk.next(entry);
        sequence = entry.sequence();
      }
    }
    if (intact && sequence >= head.sequence()) {
      intact = beyond(walk, head);
    }
    return walk.end(head);
  }

  /** Entries beyond the end that is on record are there only where somebody put them. */
  private boolean beyond(ChainWalk walk, AuditHead head) {
    if (store.head().sequence() != head.sequence()) {
      return true;
    }
    List<AuditRecord> more = store.auditAfter(head.sequence(), 1);
    if (more.isEmpty() || store.head().sequence() != head.sequence()) {
      return true;
    }
    return walk.next(more.getFirst());
  }
}
