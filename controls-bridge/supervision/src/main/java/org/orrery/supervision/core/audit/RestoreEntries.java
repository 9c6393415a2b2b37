package org.orrery.supervision.core.audit;

import org.orrery.contract.Bytes;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.snapshot.RestoreRequest;
import org.orrery.contract.snapshot.Snapshot;

/** What goes on record about the wish to restore a snapshot. Stateless. */
public final class RestoreEntries {
  private RestoreEntries() {}

  /** A person asked for a restore and a proposal was made of it. */
  public static AuditEntry asked(
      RestoreRequest request, Snapshot snapshot, ProposalId proposal, long nowNs) {
    return new AuditEntry(
        nowNs,
        request.person().name(),
        "restore.asked",
        proposal.value(),
        new Asked(
            snapshot.id().value(), snapshot.hash(), request.channels().size(), request.reason()));
  }

  /**
   * Content of an entry.
   *
   * @param onlyChannels how many channels were asked for by name; 0 for all
   */
  public record Asked(String snapshot, Bytes snapshotHash, int onlyChannels, String reason) {}
}
