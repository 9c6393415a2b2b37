package org.orrery.bus;

import java.util.List;
import java.util.Optional;
import org.orrery.contract.Reply;
import org.orrery.contract.alarm.AcknowledgeRequest;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.audit.AuditRecord;
import org.orrery.contract.audit.AuditVerdict;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.DryRun;
import org.orrery.contract.command.GateRecord;
import org.orrery.contract.command.PutRecord;
import org.orrery.contract.command.SignedCommand;
import org.orrery.contract.command.WritingRequest;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.drill.DrillRequest;
import org.orrery.contract.drill.DrillState;
import org.orrery.contract.health.BridgeHealth;
import org.orrery.contract.health.BridgeQuery;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.history.Backfill;
import org.orrery.contract.history.History;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.history.Page;
import org.orrery.contract.history.PageQuery;
import org.orrery.contract.history.PutQuery;
import org.orrery.contract.operations.ControlRequest;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.proposal.Claim;
import org.orrery.contract.proposal.DecisionRequest;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.snapshot.CompareRequest;
import org.orrery.contract.snapshot.Comparison;
import org.orrery.contract.snapshot.DefineSet;
import org.orrery.contract.snapshot.RestoreListing;
import org.orrery.contract.snapshot.RestoreRequest;
import org.orrery.contract.snapshot.Snapshot;
import org.orrery.contract.snapshot.SnapshotId;
import org.orrery.contract.snapshot.SnapshotRequest;
import org.orrery.contract.snapshot.SnapshotSet;
import org.orrery.contract.snapshot.SnapshotSummary;
import org.orrery.contract.twin.Forecast;
import org.orrery.contract.twin.ForecastRequest;
import org.orrery.contract.twin.Rehearsal;
import org.orrery.contract.twin.RehearsalRequest;

/** Every endpoint there is, with the room that serves it. */
public final class Endpoints {
  /** Gateway: carries out a signed command; the only way to a write. */
  public static final Endpoint<SignedCommand, CommandOutcome> GATE_EXECUTE =
      new Endpoint<>("gateway.execute", 60_000);

  /**
   * Gateway: what became of a command. An outcome that is unknown is worked off by reading back,
   * never by writing; empty where the gate never saw the command.
   */
  public static final Endpoint<CommandId, Optional<CommandOutcome>> GATE_OUTCOME =
      new Endpoint<>("gateway.outcome", 10_000);

  /** Gateway: judges commands without carrying them out; nobody signed them. */
  public static final Endpoint<DryRun.Request, DryRun> GATE_DRY_RUN =
      new Endpoint<>("gateway.dry-run", 5_000);

  /** Gateway: stops writing, or agrees to release the stop. */
  public static final Endpoint<WritingRequest, Reply<WritingState>> GATE_WRITING =
      new Endpoint<>("gateway.writing", 5_000);

  /** Gateway: whether writing is stopped. */
  public static final Endpoint<Nothing, WritingState> GATE_WRITING_STATE =
      new Endpoint<>("gateway.writing-state.get", 5_000);

  /** Gateway: the latest sample of every channel that has one. */
  public static final Endpoint<Nothing, List<Sample>> GATEWAY_LATEST =
      new Endpoint<>("gateway.latest", 5_000);

  /** Gateway: how the connection to every channel is. */
  public static final Endpoint<Nothing, List<ChannelHealth>> GATEWAY_CHANNEL_HEALTH =
      new Endpoint<>("gateway.channel-health.get", 5_000);

  /** Gateway: how the connections are, by server and by channel. */
  public static final Endpoint<BridgeQuery, BridgeHealth> GATEWAY_BRIDGE_HEALTH =
      new Endpoint<>("gateway.bridge-health.get", 5_000);

  /**
   * Gateway: the newest records of the write gate, the oldest first, at most 500; the journal keeps
   * all attempts.
   */
  public static final Endpoint<Nothing, List<GateRecord>> GATE_LOG =
      new Endpoint<>("gateway.log.get", 5_000);

  /** Alarms: every alarm that is not normal. */
  public static final Endpoint<Nothing, List<Alarm>> ALARMS_LIST =
      new Endpoint<>("alarms.list", 5_000);

  /** Alarms: acknowledges one. */
  public static final Endpoint<AcknowledgeRequest, Reply<Alarm>> ALARMS_ACKNOWLEDGE =
      new Endpoint<>("alarms.acknowledge", 5_000);

  /** Operations: mode, run, control and tag-outs. */
  public static final Endpoint<Nothing, OperationsState> OPERATIONS_STATE =
      new Endpoint<>("operations.state.get", 5_000);

  /** Operations: control token and tag-outs. */
  public static final Endpoint<ControlRequest, Reply<OperationsState>> OPERATIONS_CONTROL =
      new Endpoint<>("operations.control", 5_000);

  /** Operations: the latest version of every set of channels that are saved together. */
  public static final Endpoint<Nothing, List<SnapshotSet>> SNAPSHOTS_SETS =
      new Endpoint<>("operations.snapshots.sets.get", 10_000);

  /** Operations: defines a set of channels, or its next version. */
  public static final Endpoint<DefineSet, Reply<SnapshotSet>> SNAPSHOTS_DEFINE =
      new Endpoint<>("operations.snapshots.sets.define", 10_000);

  /** Operations: saves a snapshot, or marks one as golden. */
  public static final Endpoint<SnapshotRequest, Reply<SnapshotSummary>> SNAPSHOTS_REQUEST =
      new Endpoint<>("operations.snapshots.request", 20_000);

  /**
   * Operations: every snapshot that was marked as golden and the newest others, at most 500, the
   * newest first.
   */
  public static final Endpoint<Nothing, List<SnapshotSummary>> SNAPSHOTS_LIST =
      new Endpoint<>("operations.snapshots.list", 10_000);

  /** Operations: one snapshot with all its entries. */
  public static final Endpoint<SnapshotId, Optional<Snapshot>> SNAPSHOTS_GET =
      new Endpoint<>("operations.snapshots.get", 10_000);

  /** Operations: how a snapshot differs from what is now, from another, or from the past. */
  public static final Endpoint<CompareRequest, Reply<Comparison>> SNAPSHOTS_COMPARE =
      new Endpoint<>("operations.snapshots.compare", 120_000);

  /** Archive: the past of a channel. */
  public static final Endpoint<HistoryQuery, History> ARCHIVE_HISTORY =
      new Endpoint<>("archive.history", 20_000);

  /** Archive: stored samples of a channel, page by page. */
  public static final Endpoint<PageQuery, Page> ARCHIVE_PAGE =
      new Endpoint<>("archive.page", 30_000);

  /** Archive: takes in what another archive knows. */
  public static final Endpoint<Backfill, Backfill.Done> ARCHIVE_BACKFILL =
      new Endpoint<>("archive.backfill", 60_000);

  /** Archive: the put log, the newest first. */
  public static final Endpoint<PutQuery, List<PutRecord>> ARCHIVE_PUTS =
      new Endpoint<>("archive.puts", 20_000);

  /** Twin: plays writes from the present state. */
  public static final Endpoint<RehearsalRequest, Rehearsal> TWIN_REHEARSE =
      new Endpoint<>("twin.rehearse", 60_000);

  /** Twin: where channels go if nothing is done. */
  public static final Endpoint<ForecastRequest, Forecast> TWIN_FORECAST =
      new Endpoint<>("twin.forecast", 30_000);

  /** Supervision: all proposals, the newest first, at most 200. */
  public static final Endpoint<Nothing, List<Proposal>> PROPOSALS_LIST =
      new Endpoint<>("supervision.proposals.list", 10_000);

  /** Supervision: one proposal. */
  public static final Endpoint<ProposalId, Optional<Proposal>> PROPOSALS_GET =
      new Endpoint<>("supervision.proposals.get", 5_000);

  /** Supervision: what the gate would say to a proposal now; empty where there is none. */
  public static final Endpoint<DryRun.Query, Optional<DryRun>> PROPOSALS_DRY_RUN =
      new Endpoint<>("supervision.proposals.dry-run", 8_000);

  /** Supervision: all plans that hold devices; empty while it has not read its record. */
  public static final Endpoint<Nothing, Optional<List<Claim>>> PROPOSALS_CLAIMS =
      new Endpoint<>("supervision.claims.get", 5_000);

  /** Supervision: a person decides. */
  public static final Endpoint<DecisionRequest, Reply<Proposal>> PROPOSALS_DECIDE =
      new Endpoint<>("supervision.proposals.decide", 20_000);

  /** Supervision: what the restore of a snapshot would do; nothing is done. */
  public static final Endpoint<RestoreRequest, Reply<RestoreListing>> RESTORE_LIST =
      new Endpoint<>("supervision.restore.list", 20_000);

  /** Supervision: proposes the restore of a snapshot. */
  public static final Endpoint<RestoreRequest, Reply<Proposal>> RESTORE_PROPOSE =
      new Endpoint<>("supervision.restore.propose", 30_000);

  /** Supervision: audit entries after the given sequence number, at most 500. */
  public static final Endpoint<Long, List<AuditRecord>> AUDIT_LIST =
      new Endpoint<>("supervision.audit.list", 10_000);

  /** Supervision: walks over the whole audit chain. */
  public static final Endpoint<Nothing, AuditVerdict> AUDIT_VERIFY =
      new Endpoint<>("supervision.audit.verify", 60_000);

  /** Drill: how the training drill stands; nobody serves it where none runs. */
  public static final Endpoint<Nothing, DrillState> DRILL_STATE =
      new Endpoint<>("drill.state.get", 5_000);

  /** Drill: what the trainee says and does; nobody serves it where none runs. */
  public static final Endpoint<DrillRequest, Reply<DrillState>> DRILL_REQUEST =
      new Endpoint<>("drill.request", 5_000);

  private Endpoints() {}
}
