package org.orrery.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.orrery.gateway.core.TestPlant.FLOW;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.epics.pva.client.PVAChannel;
import org.epics.pva.client.PVAClient;
import org.epics.pva.data.PVADouble;
import org.epics.pva.data.PVAInt;
import org.epics.pva.data.PVALong;
import org.epics.pva.data.PVANumber;
import org.epics.pva.data.PVAString;
import org.epics.pva.data.PVAStringArray;
import org.epics.pva.data.PVAStructure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.clock.TimeSortedIds;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.Provenance;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.diagnosis.DiagnosisId;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.diagnosis.FindingId;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.operations.Run;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.twin.Band;
import org.orrery.contract.twin.TwinState;
import org.orrery.contract.value.Value;
import org.orrery.gateway.core.TestPlant;

/** Our own PVs as core-pva's client sees them, which shares no code with the server. */
class OwnPvsToAForeignClientTest {
  private static final Provenance LIVE = Provenance.live(0, 1, "test", "1", 0, "");
  private static final int SEARCH_PORT = freePort();
  private static final int CA_PORT = freePort();
  private static final String PYTHON = "/usr/bin/python3";

  static {
    // core-pva reads its settings once, when its classes are first used.
    System.setProperty("EPICS_PVA_ADDR_LIST", "127.0.0.1:" + SEARCH_PORT);
    System.setProperty("EPICS_PVA_AUTO_ADDR_LIST", "NO");
    System.setProperty("EPICS_PVA_ENABLE_IPV6", "NO");
    System.setProperty("EPICS_PVA_BROADCAST_PORT", Integer.toString(freePort()));
  }

  @TempDir Path data;

  private final Facility facility = withLimits(TestPlant.facility());
  private final SystemWallClock wall = new SystemWallClock();
  private Vertx vertx;
  private LocalBus bus;
  private PumpServer pump;
  private PVAClient client;

  @BeforeEach
  void startEverything() throws Exception {
    vertx = Vertx.vertx();
    bus = new LocalBus(vertx);
    pump = new PumpServer(facility, Map.of(FLOW, Value.of(1.67), TestPlant.SPEED, Value.of(40.0)));
    bus.serve(
        Endpoints.OPERATIONS_STATE,
        nothing ->
            Future.succeededFuture(
                new OperationsState(
                    "PHYSICS",
                    Optional.of(new Run(4711, "physics", 1, OptionalLong.empty())),
                    Optional.empty(),
                    List.of())));
    bus.serve(
        Endpoints.ALARMS_LIST,
        nothing -> Future.succeededFuture(List.of(alarm(TestPlant.SPEED, Severity.MINOR))));
    GatewayConfig config =
        GatewayConfig.of(TestPlant.publicKey(), pump.search())
            .withOwnPvs(
                Optional.of(
                    new GatewayConfig.OwnPvs("ORRERY", "127.0.0.1", 0, SEARCH_PORT, CA_PORT)));
    vertx
        .deployVerticle(GatewayModule.create(room(), config))
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
    client = new PVAClient();
  }

  @AfterEach
  void stopEverything() throws Exception {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    pump.close();
  }

  @Test
  void shouldServeATwinEstimateWithItsMetadata() throws Exception {
    // Given
    long atNs = 1_700_000_000_123_456_789L;

    // When
    bus.publish(Topics.TWIN_STATE, twin(atNs, Agreement.DOUBTS));

    // Then
    try (PVAChannel channel = connect("ORRERY:TWIN:PURIF:FLOW:VALUE")) {
      PVAStructure pv = read(channel);
      PVADouble value = pv.get("value");
      assertThat(value.get()).isEqualTo(1.6);
      PVAString units = pv.locate("display.units");
      assertThat(units.get()).isEqualTo("kg/s");
      PVAString description = pv.locate("display.description");
      assertThat(description.get()).startsWith("twin: ");
      PVADouble low = pv.locate("display.limitLow");
      PVADouble high = pv.locate("display.limitHigh");
      assertThat(low.get()).isCloseTo(0.9, offset(1e-9));
      assertThat(high.get()).isCloseTo(2.1, offset(1e-9));
      PVAInt severity = pv.locate("alarm.severity");
      assertThat(severity.get()).isEqualTo(Severity.MINOR.ordinal());
      PVAString message = pv.locate("alarm.message");
      assertThat(message.get()).isEqualTo("the twin doubts itself");
      PVALong seconds = pv.locate("timeStamp.secondsPastEpoch");
      PVAInt nanoseconds = pv.locate("timeStamp.nanoseconds");
      assertThat(seconds.get() * 1_000_000_000L + nanoseconds.get()).isEqualTo(atNs);
    }
    assertThat(number("ORRERY:TWIN:PURIF:FLOW:SIGMA")).isBetween(0.0607, 0.0609);
    assertThat(choice("ORRERY:TWIN:PURIF:FLOW:AGREEMENT")).isEqualTo("DOUBTS");
    assertThat(number("ORRERY:TWIN:PARAMETER:IMPURITY_SOURCE:VALUE")).isEqualTo(0.3);
    assertThat(choice("ORRERY:TWIN:AGREEMENT")).isEqualTo("DOUBTS");
  }

  @Test
  void shouldSumUpWhatTheOtherRoomsSay() throws Exception {
    // When
    bus.publish(
        Topics.ALARM_TRANSITIONS,
        new AlarmTransition(AlarmState.NORMAL, alarm(FLOW, Severity.MAJOR), 1, "process"));
    bus.publish(Topics.FINDINGS, finding());
    bus.publish(Topics.DIAGNOSES, diagnosis());
    bus.publish(Topics.ROOM_HEALTH, new RoomHealth("dqm", RoomHealth.Status.UP, "", 1));
    bus.publish(Topics.LOSS, new LossCount("feed.twin", 100, 93, 7, 0, 0, 0));
    bus.publish(Topics.LOSS, new LossCount("relay.kafka", 100, 90, 0, 3, 0, 2));

    // Then
    awaitText("ORRERY:FINDING:LEADING", "flow is not what the twin expects");
    assertThat(number("ORRERY:ALARM:COUNT")).isEqualTo(2);
    assertThat(number("ORRERY:ALARM:SEVERITY:MAJOR")).isEqualTo(1);
    assertThat(number("ORRERY:ALARM:STATE:UNACKNOWLEDGED")).isEqualTo(2);
    String subsystem = facility.subsystems().getFirst().name().toUpperCase(Locale.ROOT);
    assertThat(choice("ORRERY:ALARM:SUBSYSTEM:" + subsystem + ":SEVERITY")).isEqualTo("MAJOR");
    assertThat(text("ORRERY:FINDING:SUBSYSTEM:" + subsystem + ":WORST"))
        .isEqualTo("flow is not what the twin expects");
    assertThat(text("ORRERY:DIAGNOSIS:CAUSE")).isEqualTo("recirculation pump stopped");
    assertThat(number("ORRERY:DIAGNOSIS:PROBABILITY")).isEqualTo(0.9);
    assertThat(choice("ORRERY:DQM:VERDICT")).isEqualTo("SUSPECT");
    assertThat(number("ORRERY:DQM:COMPLETENESS")).isEqualTo(0.93);
    assertThat(text("ORRERY:MODE")).isEqualTo("PHYSICS");
    assertThat(number("ORRERY:RUN:NUMBER")).isEqualTo(4711);
    assertThat(choice("ORRERY:RUN:STATE")).isEqualTo("RUNNING");
    assertThat(text("ORRERY:VERSION")).isEqualTo("test");
    assertThat(number("ORRERY:BRIDGE:STAGE:RELAY:KAFKA:UNACCOUNTED")).isEqualTo(5);
  }

  @Test
  void shouldServeTheHealthOfTheBridgeWhileServersComeAndGo() throws Exception {
    // Given
    String ioc = "ORRERY:BRIDGE:IOC:" + pump.address().toString().replaceAll("[^0-9]", "_");
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> number("ORRERY:BRIDGE:CHANNELS:CONNECTED") == 2);

    // When / Then
    assertThat(choice(ioc + ":STATE")).isEqualTo("UP");
    assertThat(number(ioc + ":CONNECTED")).isEqualTo(2);
    assertThat(choice("ORRERY:BRIDGE:STATE")).isEqualTo("UP");
    pump.kill();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> choice(ioc + ":STATE").equals("DOWN"));
    assertThat(number("ORRERY:BRIDGE:DISCONNECTIONS")).isEqualTo(2);
    assertThat(choice("ORRERY:BRIDGE:STATE")).isEqualTo("DOWN");
  }

  @Test
  void shouldRefuseAPutWithAReason() throws Exception {
    // Given
    try (PVAChannel version = connect("ORRERY:VERSION")) {
      // When / Then
      assertThatThrownBy(() -> version.write(true, "field(value)", "2").get(30, TimeUnit.SECONDS))
          .hasMessageContaining("read-only");
      assertThat(text("ORRERY:VERSION")).isEqualTo("test");
    }
  }

  @Test
  void shouldServeTheSameOverChannelAccess() throws Exception {
    // Given
    assumeTrue(
        python("import epics").equals("0:"), "no pyepics here: apt-get install python3-pyepics");
    bus.publish(Topics.TWIN_STATE, twin(1_700_000_000_123_456_789L, Agreement.DOUBTS));
    bus.publish(Topics.FINDINGS, finding());
    awaitText("ORRERY:FINDING:LEADING", "flow is not what the twin expects");

    // When
    String read =
        python(
            """
            import epics
            v = epics.PV('ORRERY:TWIN:PURIF:FLOW:VALUE', form='ctrl')
            v.wait_for_connection(60)
            print(v.get(timeout=60), v.units, v.severity, v.upper_alarm_limit)
            print(epics.caget('ORRERY:TWIN:AGREEMENT', as_string=True, timeout=60))
            print(epics.caget('ORRERY:FINDING:LEADING$', as_string=True, timeout=60))
            stop = epics.PV('ORRERY:VERSION')
            stop.wait_for_connection(60)
            print(stop.write_access)
            """);

    // Then
    assertThat(read.lines())
        .containsExactly(
            "0:1.6 kg/s 1 2.0", "DOUBTS", "flow is not what the twin expects", "False");
  }

  /** Exit code and output of a script. */
  private static String python(String script) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(PYTHON, "-c", script);
    builder
        .environment()
        .putAll(
            Map.of(
                "EPICS_CA_ADDR_LIST",
                "127.0.0.1:" + CA_PORT,
                "EPICS_CA_AUTO_ADDR_LIST",
                "NO",
                "EPICS_CA_SERVER_PORT",
                Integer.toString(CA_PORT)));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process;
    try {
      process = builder.start();
    } catch (IOException none) {
      return none.toString();
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + ":" + said.strip();
  }

  private void awaitText(String pv, String wanted) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(text(pv)).isEqualTo(wanted));
  }

  private double number(String pv) throws Exception {
    try (PVAChannel channel = connect(pv)) {
      return ((PVANumber) read(channel).get("value")).getNumber().doubleValue();
    }
  }

  private String text(String pv) throws Exception {
    try (PVAChannel channel = connect(pv)) {
      PVAString value = read(channel).get("value");
      return value.get();
    }
  }

  private String choice(String pv) throws Exception {
    try (PVAChannel channel = connect(pv)) {
      PVAStructure state = read(channel);
      PVAInt index = state.locate("value.index");
      PVAStringArray choices = state.locate("value.choices");
      return choices.get()[index.get()];
    }
  }

  private PVAChannel connect(String pv) throws Exception {
    PVAChannel channel = client.getChannel(pv);
    channel.connect().get(60, TimeUnit.SECONDS);
    return channel;
  }

  private static PVAStructure read(PVAChannel channel) throws Exception {
    return channel.read("").get(60, TimeUnit.SECONDS);
  }

  private static TwinState twin(long atNs, Agreement agreement) {
    return new TwinState(
        atNs,
        agreement,
        2.5,
        List.of(
            new TwinState.ChannelEstimate(
                FLOW,
                new Band(1.5, 1.6, 1.7),
                OptionalDouble.of(1.8),
                atNs,
                OptionalDouble.empty(),
                true)),
        List.of(new TwinState.ParameterEstimate("impurity source", 0.3, 0.1, "ppb/d")),
        Optional.empty(),
        LIVE);
  }

  private static Alarm alarm(ChannelId channel, Severity severity) {
    return new Alarm(
        new AlarmKey(channel, AlarmKey.Kind.LIMIT),
        AlarmState.UNACKNOWLEDGED,
        severity,
        "too low",
        1,
        1,
        Optional.empty(),
        AlarmSettings.Priority.HIGH,
        "call",
        false);
  }

  private static Finding finding() {
    return new Finding(
        new FindingId("f1"),
        "dqm.innovation",
        "flow is not what the twin expects",
        List.of(FLOW),
        0,
        1,
        12,
        1e-6,
        0.93,
        List.of(),
        true,
        LIVE);
  }

  private static Diagnosis diagnosis() {
    return new Diagnosis(
        new DiagnosisId("d1"),
        new FindingId("f1"),
        1,
        1,
        List.of(
            new Diagnosis.Cause(
                new Hypothesis.PlantFault("F5", "recirculation pump stopped", "pump-a"),
                0.9,
                List.of(),
                List.of())),
        List.of(),
        1,
        Agreement.AGREES,
        LIVE);
  }

  private static Facility withLimits(Facility plain) {
    Map<ChannelId, Channel> channels = new LinkedHashMap<>(plain.channels());
    channels.keySet().retainAll(Set.of(FLOW, TestPlant.SPEED));
    channels.computeIfPresent(
        FLOW,
        (id, c) ->
            new Channel(
                c.id(),
                c.pv(),
                c.kind(),
                c.unit(),
                c.egu(),
                c.subsystem(),
                c.device(),
                "circulation flow",
                c.choices(),
                0,
                c.deadBand(),
                new AlarmSettings(
                    Map.of(
                        AlarmSettings.ANY_MODE,
                        new Limits(
                            OptionalDouble.of(1),
                            OptionalDouble.empty(),
                            OptionalDouble.empty(),
                            OptionalDouble.of(2))),
                    0,
                    0,
                    0,
                    Set.of(),
                    AlarmSettings.Priority.HIGH,
                    "call",
                    false),
                c.writable(),
                c.procedures()));
    List<Facility.Subsystem> subsystems =
        List.of(new Facility.Subsystem("purification", "Purification", "", List.of(FLOW)));
    return new Facility(
        plain.name(),
        plain.title(),
        plain.zone(),
        plain.simulated(),
        plain.modes(),
        subsystems,
        channels);
  }

  private RoomContext room() {
    return new RoomContext(
        bus,
        new LocalSampleFeed(vertx, facility),
        facility,
        new ScaledPlantClock(wall, wall.nowNs(), wall.nowNs(), 1),
        wall,
        new TimeSortedIds(wall, new Random(1)),
        1,
        data.resolve("gateway"),
        "test");
  }

  private static int freePort() {
    try (DatagramSocket socket = new DatagramSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
