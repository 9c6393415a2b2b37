package org.orrery.supervision.runtime.store;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.orrery.contract.audit.AuditRecord;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.supervision.core.audit.AuditEntry;
import org.orrery.supervision.core.audit.AuditHead;

/**
 * The record of proposals and of everything done about them. A proposal and the entries about its
 * change are stored together or not at all, durably before the call returns. Implementations are
 * thread-safe; every method may block.
 */
public interface ProposalStore {
  /**
   * Stores a proposal that follows its own version before, with the entries about the change.
   * Storing the very same proposal again changes nothing.
   *
   * @return the end of the chain afterwards
   * @throws ConflictException if the version before is not the one on record
   * @throws UnavailableException if the record cannot be reached; the change may or may not have
   *     been made
   */
  default AuditHead save(Proposal proposal, List<AuditEntry> entries) {
    return save(proposal, entries, () -> true);
  }

  /**
   * Stores a proposal like {@link #save(Proposal, List)}, if it is still wanted when everything is
   * ready to be committed.
   *
   * @param stillWanted asked on the caller's thread, last of all before the commit
   * @return the end of the chain afterwards
   * @throws ConflictException if the version before is not the one on record
   * @throws TooLateException if it was no longer wanted; nothing was stored
   * @throws UnavailableException if the record cannot be reached; the change may or may not have
   *     been made
   */
  AuditHead save(Proposal proposal, List<AuditEntry> entries, BooleanSupplier stillWanted);

  /**
   * Stores entries that belong to no proposal.
   *
   * @return the end of the chain afterwards
   * @throws UnavailableException if the record cannot be reached; the entries may or may not have
   *     been stored
   */
  AuditHead append(List<AuditEntry> entries);

  /** One proposal. */
  Optional<Proposal> find(ProposalId id);

  /** The newest proposals, the newest first. */
  List<Proposal> newest(int limit);

  /** Every proposal that is not at its end. */
  List<Proposal> unfinished();

  /** The entries after a sequence number, in order. */
  List<AuditRecord> auditAfter(long sequence, int limit);

  /** The newest entries about any of these subjects, in no order. */
  List<AuditRecord> auditAbout(Set<String> subjects, int limit);

  /** The end of the chain as the record believes it. */
  AuditHead head();

  /** The record cannot be reached; try again later. */
  final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what happened, fit for an operator. */
    public UnavailableException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The change was no longer wanted when its turn came. */
  final class TooLateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names the proposal. */
    public TooLateException(String message) {
      super(message);
    }
  }

  /** Somebody else changed the proposal. */
  final class ConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names the proposal and both versions. */
    public ConflictException(String message) {
      super(message);
    }
  }
}
