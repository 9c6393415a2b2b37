package org.orrery.supervision.core.audit;

import java.util.Optional;
import org.orrery.contract.Bytes;
import org.orrery.contract.audit.AuditRecord;
import org.orrery.contract.audit.AuditVerdict;

/**
 * A walk over the chain, entry by entry. It notices a changed byte, and an entry that is missing,
 * added or moved. What is cut off at the end, and a chain that was made anew as a whole, it notices
 * only against witnesses from elsewhere. Not thread-safe.
 */
public final class ChainWalk {
  private final Optional<AuditHead> witness;
  private long sequence;
  private Bytes hash = AuditRecord.GENESIS;
  private Optional<AuditVerdict.Broken> broken = Optional.empty();

  /**
   * Begins before the first entry.
   *
   * @param witness an end of the chain that was seen earlier and kept elsewhere
   */
  public ChainWalk(Optional<AuditHead> witness) {
    this.witness = witness;
  }

  /** Takes the next entry in the order of the sequence. Returns false once the chain is broken. */
  public boolean next(AuditRecord entry) {
    if (broken.isPresent()) {
      return false;
    }
    if (entry.sequence() != sequence + 1) {
      return breakAt(
          sequence + 1,
          entry.sequence() > sequence
              ? "the entry is missing; the next one is " + entry.sequence()
              : "entry " + entry.sequence() + " stands in its place");
    }
    if (!entry.previousHash().equals(hash)) {
      return breakAt(entry.sequence(), "the entry does not follow the one before");
    }
    if (!entry.intact()) {
      return breakAt(entry.sequence(), "the entry's content does not fit its hash");
    }
    sequence = entry.sequence();
    hash = entry.hash();
    if (witness.isPresent()
        && witness.get().sequence() == sequence
        && !witness.get().hash().equals(hash)) {
      return breakAt(
          sequence, "the entry is not the one that was witnessed; was the chain remade?");
    }
    return true;
  }

  /**
   * The verdict after the last entry.
   *
   * @param head what the store believes is the end of the chain
   */
  public AuditVerdict end(AuditHead head) {
    if (broken.isPresent()) {
      return broken.get();
    }
    long last = Math.max(head.sequence(), witness.map(AuditHead::sequence).orElse(0L));
    if (last > sequence) {
      return new AuditVerdict.Broken(
          sequence + 1,
          "the chain ends here but once reached entry " + last + "; was its end cut off?");
    }
    if (head.sequence() != sequence || !head.hash().equals(hash)) {
      return new AuditVerdict.Broken(sequence, "the chain goes beyond the end that is on record");
    }
    return new AuditVerdict.Intact(sequence);
  }

  private boolean breakAt(long at, String why) {
    broken = Optional.of(new AuditVerdict.Broken(at, why));
    return false;
  }
}
