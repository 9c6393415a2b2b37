package org.orrery.gateway.runtime.own;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.health.BridgeHealth;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.twin.TwinState;
import org.orrery.epics.HostPort;
import org.orrery.epics.server.PutDecision;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvServerSettings;
import org.orrery.epics.server.PvServers;
import org.orrery.gateway.GatewayConfig;
import org.orrery.gateway.core.own.AlarmTally;
import org.orrery.gateway.core.own.FindingTally;

/**
 * Orrery's own PVs, so that existing displays, archivers and watchdogs see it. All are read-only
 * but {@code WRITING:STOPPED}, where a put of YES stops writing. Made on any thread, then confined
 * to the gateway's context.
 */
public final class OwnPvs implements AutoCloseable {
  private final List<PvServer> servers;
  private final StatePvs state;
  private final TwinPvs twin;
  private final AlarmPvs alarms;
  private final FindingPvs findings;
  private final BridgePvs bridge;
  private final AlarmTally alarmTally;
  private final FindingTally findingTally;

  /**
   * Serves all of them on every server.
   *
   * @param servers closed with this; at least one
   * @param prefix what all names begin with, before the colon
   * @param clock plant time, for time stamps
   * @param version of the running Orrery
   * @param stopWriting stops all writing; called on a library thread
   */
  OwnPvs(
      List<PvServer> servers,
      String prefix,
      PlantClock clock,
      Facility facility,
      String version,
      Supplier<CompletionStage<PutDecision>> stopWriting) {
    this.servers = List.copyOf(servers);
    Board board = new Board(servers, prefix, clock);
    state = new StatePvs(board, facility, version, stopWriting);
    twin = new TwinPvs(board, facility);
    alarms = new AlarmPvs(board, facility);
    findings = new FindingPvs(board, facility);
    bridge = new BridgePvs(board);
    alarmTally = new AlarmTally(facility);
    findingTally = new FindingTally(facility);
  }

  /**
   * Starts a server of pvAccess and one of Channel Access, and serves all PVs on both.
   *
   * @param stopWriting stops all writing; called on a library thread
   * @throws org.orrery.epics.EpicsException when a port cannot be bound
   */
  public static OwnPvs start(
      GatewayConfig.OwnPvs config,
      PlantClock clock,
      Facility facility,
      String version,
      Supplier<CompletionStage<PutDecision>> stopWriting) {
    List<PvServer> started = new ArrayList<>();
    try {
      started.add(PvServers.start(settings(config, config.serverPort(), config.searchPort())));
      started.add(PvServers.startChannelAccess(settings(config, config.caPort(), config.caPort())));
      return new OwnPvs(started, config.prefix(), clock, facility, version, stopWriting);
    } catch (RuntimeException e) {
      started.forEach(PvServer::close);
      throw e;
    }
  }

  private static PvServerSettings settings(
      GatewayConfig.OwnPvs config, int serverPort, int searchPort) {
    PvServerSettings usual = PvServerSettings.loopback(serverPort, searchPort);
    return new PvServerSettings(
        config.bindHost(), serverPort, searchPort, List.of(), usual.maxMessageBytes());
  }

  /** Where clients search for them: of pvAccess, then of Channel Access. */
  public List<HostPort> searchAddresses() {
    return servers.stream().map(PvServer::searchAddress).toList();
  }

  /** Whether Orrery may write. */
  public void onWriting(WritingState writing) {
    state.writing(writing);
  }

  /** How the facility is run. */
  public void onOperations(OperationsState operations) {
    state.operations(operations);
  }

  /** An alarm changed. */
  public void onAlarm(AlarmTransition transition) {
    alarmTally.take(transition.alarm());
  }

  /** Alarms as they stood when they were asked for. */
  public void onAlarmsAsked(List<Alarm> stood) {
    alarmTally.takeOlder(stood);
  }

  /** The twin took a step. */
  public void onTwin(TwinState estimates, long wallNs) {
    twin.show(estimates, wallNs);
  }

  /** A finding is new, changed or over. */
  public void onFinding(Finding finding) {
    findingTally.take(finding);
  }

  /** Somebody explained a finding. */
  public void onDiagnosis(Diagnosis diagnosis) {
    findingTally.take(diagnosis);
  }

  /** A room said how it is. */
  public void onRoom(RoomHealth health, long wallNs) {
    findings.room(health, wallNs);
  }

  /** A stage said what it did. */
  public void onLoss(LossCount count) {
    findings.loss(count);
    bridge.loss(count);
  }

  /** To be called every second. */
  public void second(BridgeHealth health, long wallNs) {
    state.beat();
    alarms.show(alarmTally);
    findings.show(findingTally, wallNs);
    twin.tick(wallNs);
    bridge.show(health);
  }

  @Override
  public void close() {
    servers.forEach(PvServer::close);
  }
}
