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
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.history.History;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.history.PutQuery;
import org.orrery.contract.operations.ControlRequest;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.proposal.DecisionRequest;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.sample.Sample;
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

  /** Archive: the past of a channel. */
  public static final Endpoint<HistoryQuery, History> ARCHIVE_HISTORY =
      new Endpoint<>("archive.history", 20_000);

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

  /** Supervision: a person decides. */
  public static final Endpoint<DecisionRequest, Reply<Proposal>> PROPOSALS_DECIDE =
      new Endpoint<>("supervision.proposals.decide", 20_000);

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
