package org.orrery.gateway.runtime;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.HostPort;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.Range;
import org.orrery.epics.server.PutDecision;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvServerSettings;
import org.orrery.epics.server.PvServers;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;
import org.orrery.gateway.GatewayConfig;

/**
 * Orrery's own PVs, so that existing displays and watchdogs see it: heartbeat, writing stopped,
 * alarm count, twin agreement, autonomy. All are read-only but {@code WRITING:STOPPED}, where a put
 * of YES stops writing. Thread-safe.
 */
final class OwnPvs implements AutoCloseable {
  private static final List<String> NO_YES = List.of("NO", "YES");
  private static final List<String> AGREEMENTS = List.of("UNKNOWN", "AGREES", "DOUBTS", "LOST");
  private static final List<String> AUTONOMY = List.of("STOPPED", "APPROVED_ONLY");

  private final PvServer server;
  private final PlantClock clock;
  private final ServedPv heartbeat;
  private final ServedPv stopped;
  private final ServedPv alarms;
  private final ServedPv agreement;
  private final ServedPv autonomy;
  private long beats;

  private OwnPvs(
      PvServer server,
      String prefix,
      PlantClock clock,
      Supplier<CompletionStage<PutDecision>> stopWriting) {
    this.server = server;
    this.clock = clock;
    heartbeat = number(prefix + ":HEARTBEAT", "counts up every second while Orrery lives");
    stopped =
        server.create(
            PvDefinition.writable(
                prefix + ":WRITING:STOPPED",
                choice("whether Orrery's writing is stopped; a put of YES stops it", NO_YES),
                value -> onPut(value, stopWriting)),
            normal(new Value.ChoiceValue(0, NO_YES.getFirst())));
    alarms = number(prefix + ":ALARM:COUNT", "alarms that call for attention");
    agreement =
        readOnlyChoice(prefix + ":TWIN:AGREEMENT", "whether the twin believes itself", AGREEMENTS);
    autonomy =
        readOnlyChoice(prefix + ":AUTONOMY", "what Orrery may do without a person", AUTONOMY);
  }

  /**
   * Starts the server and serves all PVs.
   *
   * @param stopWriting stops all writing; called on a library thread
   */
  static OwnPvs start(
      GatewayConfig.OwnPvs config,
      PlantClock clock,
      Supplier<CompletionStage<PutDecision>> stopWriting) {
    PvServerSettings loopback = PvServerSettings.loopback(config.serverPort(), config.searchPort());
    PvServerSettings settings =
        new PvServerSettings(
            config.bindHost(),
            loopback.serverPort(),
            loopback.searchPort(),
            loopback.beaconAddresses(),
            loopback.maxMessageBytes());
    PvServer server = PvServers.start(settings);
    try {
      return new OwnPvs(server, config.prefix(), clock, stopWriting);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** Where clients search for them. */
  HostPort searchAddress() {
    return server.searchAddress();
  }

  void beat() {
    beats++;
    heartbeat.post(normal(new Value.LongValue(beats)));
  }

  void showWriting(boolean isStopped) {
    postChoice(stopped, isStopped ? "YES" : "NO", isStopped ? Severity.MINOR : Severity.NONE);
    postChoice(autonomy, isStopped ? "STOPPED" : "APPROVED_ONLY", Severity.NONE);
  }

  void showAlarms(long count) {
    alarms.post(normal(new Value.LongValue(count)));
  }

  /** Shows the twin's agreement by name; UNKNOWN where the twin says nothing. */
  void showAgreement(String name) {
    boolean known = AGREEMENTS.contains(name) && !name.equals("UNKNOWN");
    postChoice(agreement, known ? name : "UNKNOWN", known ? Severity.NONE : Severity.INVALID);
  }

  @Override
  public void close() {
    server.close();
  }

  private static CompletionStage<PutDecision> onPut(
      Value value, Supplier<CompletionStage<PutDecision>> stopWriting) {
    boolean stop = value instanceof Value.ChoiceValue choice && choice.index() == 1;
    return stop
        ? stopWriting.get()
        : CompletableFuture.completedFuture(
            new PutDecision.Refused("two different experts release writing, in Orrery"));
  }

  private ServedPv number(String name, String description) {
    PvMetadata metadata =
        new PvMetadata(
            ValueKind.LONG, "", description, Range.NONE, Range.NONE, Limits.NONE, List.of());
    return server.create(PvDefinition.readOnly(name, metadata), normal(new Value.LongValue(0)));
  }

  private ServedPv readOnlyChoice(String name, String description, List<String> choices) {
    return server.create(
        PvDefinition.readOnly(name, choice(description, choices)),
        normal(new Value.ChoiceValue(0, choices.getFirst())));
  }

  private static PvMetadata choice(String description, List<String> choices) {
    return new PvMetadata(
        ValueKind.CHOICE, "", description, Range.NONE, Range.NONE, Limits.NONE, choices);
  }

  private void postChoice(ServedPv pv, String label, Severity severity) {
    int index = pv.definition().metadata().choices().indexOf(label);
    Value value = new Value.ChoiceValue(index, label);
    pv.post(value, severity, severity == Severity.NONE ? "" : label, clock.nowNs());
  }

  private PvState normal(Value value) {
    return PvState.normal(value, clock.nowNs());
  }
}
