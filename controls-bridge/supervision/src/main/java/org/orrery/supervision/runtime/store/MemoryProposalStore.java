package org.orrery.supervision.runtime.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.orrery.contract.audit.AuditRecord;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.supervision.core.audit.AuditEntry;
import org.orrery.supervision.core.audit.AuditHead;
import org.orrery.supervision.runtime.json.RecordJson;

/**
 * Keeps the record in memory, for runs in virtual time; nothing survives the process. Thread-safe.
 */
public final class MemoryProposalStore implements ProposalStore {
  private final Map<ProposalId, Proposal> proposals = new LinkedHashMap<>();
  private final List<AuditRecord> audit = new ArrayList<>();

  @Override
  public synchronized AuditHead save(
      Proposal proposal, List<AuditEntry> entries, BooleanSupplier stillWanted) {
    Proposal stored = proposals.get(proposal.id());
    if (proposal.equals(stored)) {
      return head();
    }
    long version = stored == null ? 0 : stored.version();
    if (proposal.version() != version + 1) {
      throw new ConflictException(
          "proposal "
              + proposal.id()
              + " has version "
              + version
              + " on record, version "
              + proposal.version()
              + " cannot follow");
    }
    if (!stillWanted.getAsBoolean()) {
      throw new TooLateException("proposal " + proposal.id() + " is left as it was");
    }
    proposals.put(proposal.id(), proposal);
    return append(entries);
  }

  @Override
  public synchronized AuditHead append(List<AuditEntry> entries) {
    for (AuditEntry entry : entries) {
      AuditHead head = head();
      audit.add(
          AuditRecord.following(
              head.sequence() + 1,
              entry.atNs(),
              entry.actor(),
              entry.action(),
              entry.subject(),
              RecordJson.write(entry.content()),
              head.hash()));
    }
    return head();
  }

  @Override
  public synchronized Optional<Proposal> find(ProposalId id) {
    return Optional.ofNullable(proposals.get(id));
  }

  @Override
  public synchronized List<Proposal> newest(int limit) {
    return proposals.values().stream()
        .sorted(Comparator.comparing(Proposal::id).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<Proposal> unfinished() {
    return proposals.values().stream().filter(p -> !p.state().terminal()).toList();
  }

  @Override
  public synchronized List<AuditRecord> auditAfter(long sequence, int limit) {
    return audit.stream().filter(r -> r.sequence() > sequence).limit(limit).toList();
  }

  @Override
  public synchronized List<AuditRecord> auditAbout(Set<String> subjects, int limit) {
    return audit.reversed().stream()
        .filter(r -> subjects.contains(r.subject()))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized AuditHead head() {
    return audit.isEmpty()
        ? AuditHead.EMPTY
        : new AuditHead(audit.getLast().sequence(), audit.getLast().hash());
  }
}
