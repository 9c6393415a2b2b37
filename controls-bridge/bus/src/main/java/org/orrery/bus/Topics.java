package org.orrery.bus;

import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.command.GateRecord;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.data.DqmHistogram;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.drill.DrillState;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.health.ProcessAway;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.twin.TwinState;

/** Every topic there is. */
public final class Topics {
  /** Published by the gateway whenever a channel's connection changes. */
  public static final Topic<ChannelHealth> CHANNEL_HEALTH =
      new Topic<>("gateway.channel-health", ChannelHealth.class);

  /** Published by the gateway for every command that reached it, refused ones included. */
  public static final Topic<GateRecord> GATE_RECORDS =
      new Topic<>("gateway.gate-records", GateRecord.class);

  /** Published by the gateway when writing is stopped or released, and on every start. */
  public static final Topic<WritingState> WRITING_STATE =
      new Topic<>("gateway.writing-state", WritingState.class);

  /** Published by the gateway: the histograms of the detector's monitor, once an interval each. */
  public static final Topic<DqmHistogram> DQM_HISTOGRAMS =
      new Topic<>("gateway.dqm-histograms", DqmHistogram.class);

  /** Published by alarms for every transition. */
  public static final Topic<AlarmTransition> ALARM_TRANSITIONS =
      new Topic<>("alarms.transitions", AlarmTransition.class);

  /** Published by operations on every change. */
  public static final Topic<OperationsState> OPERATIONS =
      new Topic<>("operations.state", OperationsState.class);

  /** Published by the twin after every assimilation step. */
  public static final Topic<TwinState> TWIN_STATE = new Topic<>("twin.state", TwinState.class);

  /** Published by every detector: new findings, changed findings and ended ones. */
  public static final Topic<Finding> FINDINGS = new Topic<>("findings", Finding.class);

  /** Published by the twin's diagnoser. */
  public static final Topic<Diagnosis> DIAGNOSES = new Topic<>("twin.diagnoses", Diagnosis.class);

  /** Published by supervision on every change of a proposal. */
  public static final Topic<Proposal> PROPOSALS =
      new Topic<>("supervision.proposals", Proposal.class);

  /** Published by every stage that handles samples, about once a second. */
  public static final Topic<LossCount> LOSS = new Topic<>("loss", LossCount.class);

  /** Published by every room when its health changes, and about every ten seconds. */
  public static final Topic<RoomHealth> ROOM_HEALTH = new Topic<>("room-health", RoomHealth.class);

  /**
   * Told within each process, by the bus itself, when another process is no longer there; nobody
   * publishes it where there is no other.
   */
  public static final Topic<ProcessAway> PROCESS_AWAY =
      new Topic<>("process-away", ProcessAway.class);

  /** Published by a training drill on every change; nobody publishes it where none runs. */
  public static final Topic<DrillState> DRILL = new Topic<>("drill.state", DrillState.class);

  private Topics() {}
}
