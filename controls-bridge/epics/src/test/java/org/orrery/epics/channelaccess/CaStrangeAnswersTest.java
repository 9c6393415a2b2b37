package org.orrery.epics.channelaccess;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.Listening;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.PvUpdate;
import org.orrery.epics.Range;
import org.orrery.epics.client.CaSettings;
import org.orrery.epics.client.GetReply;
import org.orrery.epics.client.PvSubscription;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServerSettings;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;

/** What becomes of a server's words that the protocol, or the library, does not know. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CaStrangeAnswersTest {
  private static final long T0_NS = 1_800_000_000_123_456_789L;
  private static final int TIME_DOUBLE = 20;
  private static final int STATUS = 0;
  private static final int SEVERITY = 2;
  private static final int VALUE = 16;
  private static final short NOBODY_KNOWS = 99;

  /** What the proxy makes of the state with this value. */
  private static final double ODD_STATUS = 2;

  private static final double ODD_SEVERITY = 3;
  private static final double NO_ELEMENT = 4;
  private static final double CUT_SHORT = 5;
  private static final double RIGHTS_TAKEN = 12;
  private static final double NO_RIGHT_TO_READ = 13;
  private static final double RIGHT_TO_READ = 14;
  private static final int READ_ACCESS_DENIED = 368;
  private static final int ACCESS_RIGHTS = 22;

  /** The last words about rights, which name the channel. */
  private static volatile CaMessage rights = CaMessage.bare(ACCESS_RIGHTS, 0, 0, 0, 0);

  private static volatile boolean rightsTaken;

  /** What the server said of the channel that is to have no rights at first. */
  private static volatile @Nullable CaMessage withheld;

  private static volatile boolean withholding;

  private CaServer server;
  private TamperingProxy proxy;
  private CaClient client;

  @BeforeEach
  void start() throws Exception {
    server = CaServer.start(PvServerSettings.loopback(0, 0));
    proxy = TamperingProxy.before(server, CaStrangeAnswersTest::tamper);
    client =
        CaClient.open(
            new CaSettings(
                List.of(proxy.searchAddress()),
                Duration.ofSeconds(20),
                Duration.ofMillis(500),
                1 << 20));
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    proxy.close();
    server.close();
  }

  private static CaMessage tamper(CaMessage message) {
    if (message.command() == ACCESS_RIGHTS && withholding) {
      withholding = false;
      withheld = message;
      return CaMessage.bare(ACCESS_RIGHTS, 0, 0, message.first(), 0);
    }
    if (message.command() == ACCESS_RIGHTS) {
      rights = message;
    }
    if (message.type() != TIME_DOUBLE || message.payload().remaining() <= VALUE) {
      return message;
    }
    ByteBuffer payload = message.payload().duplicate();
    double value = payload.getDouble(VALUE);
    if (value == RIGHTS_TAKEN) {
      rightsTaken = true;
      return CaMessage.bare(ACCESS_RIGHTS, 0, 0, rights.first(), 0);
    }
    if (value == RIGHT_TO_READ) {
      rightsTaken = false;
      CaMessage kept = withheld;
      withheld = null;
      return kept != null ? kept : rights;
    }
    if (value == NO_RIGHT_TO_READ) {
      return new CaMessage(
          message.command(),
          message.type(),
          message.count(),
          READ_ACCESS_DENIED,
          message.second(),
          payload);
    }
    int count = message.count();
    if (value == ODD_STATUS) {
      payload.putShort(STATUS, NOBODY_KNOWS);
    } else if (value == ODD_SEVERITY) {
      payload.putShort(SEVERITY, NOBODY_KNOWS);
    } else if (value == NO_ELEMENT) {
      payload.limit(VALUE);
      count = 0;
    } else if (value == CUT_SHORT) {
      payload.limit(VALUE);
    }
    return new CaMessage(
        message.command(), message.type(), count, message.first(), message.second(), payload);
  }

  private ServedPv serve(double value) {
    return serve("T:V", value);
  }

  private ServedPv serve(String name, double value) {
    PvMetadata metadata =
        new PvMetadata(ValueKind.DOUBLE, "kV", "", Range.NONE, Range.NONE, Limits.NONE, List.of());
    return server.create(PvDefinition.readOnly(name, metadata), state(value, Severity.NONE));
  }

  private static PvState state(double value, Severity severity) {
    return new PvState(
        Value.of(value),
        severity,
        severity == Severity.NONE ? 0 : CaAlarms.DEVICE,
        severity == Severity.NONE ? "" : "HIGH",
        T0_NS + (long) value);
  }

  private static PvUpdate update(
      double value, Severity severity, int status, String message, double at, long lost) {
    return new PvUpdate(Value.of(value), severity, status, message, T0_NS + (long) at, false, lost);
  }

  @Test
  void shouldDistrustTheValueBeforeAnAlarmWhoseStatusOrSeverityIsNotKnown() {
    // Given
    ServedPv pv = serve(1);
    Listening listening = new Listening();
    client.subscribe("T:V", listening);
    listening.awaitUpdates(1);
    // When
    pv.post(state(ODD_STATUS, Severity.MINOR));
    listening.awaitUpdates(2);
    pv.post(state(ODD_SEVERITY, Severity.MINOR));
    listening.awaitUpdates(3);
    // Then
    assertThat(listening.updates().subList(1, 3))
        .containsExactly(
            update(1, Severity.INVALID, CaAlarms.UNDEFINED, "UDF", 1, 1),
            update(1, Severity.INVALID, CaAlarms.UNDEFINED, "UDF", 1, 1));
  }

  @Test
  void shouldTakeAPvUpAgainWhoseServerRefusedItForAWhile() {
    // Given
    ServedPv pv = serve(1);
    Listening listening = new Listening();
    PvSubscription subscription = client.subscribe("T:V", listening);
    listening.awaitUpdates(1);
    // When
    pv.post(state(RIGHTS_TAKEN, Severity.NONE));
    Listening.until("the loss of rights", () -> rightsTaken);
    pv.post(state(NO_RIGHT_TO_READ, Severity.NONE));
    Listening.until("the refusal", () -> !listening.refusals().isEmpty());
    boolean connectedMeanwhile = subscription.isConnected();
    pv.post(state(RIGHT_TO_READ, Severity.NONE));
    Listening.until("the return of rights", () -> !rightsTaken);
    pv.post(state(7, Severity.NONE));
    listening.awaitUpdate("the new value", update -> update.value().equals(Value.of(7.0)));
    // Then
    assertThat(connectedMeanwhile).isFalse();
    assertThat(listening.disconnections()).isEqualTo(1);
    assertThat(listening.connections()).hasSize(2);
    assertThat(listening.refusals()).hasSize(1);
    assertThat(subscription.isConnected()).isTrue();
    assertThat(client.statistics().connected()).isEqualTo(1);
  }

  @Test
  void shouldTakeAPvUpThatItsServerGrantsOnlyAfterTheConnection() {
    // Given
    ServedPv other = serve("T:OTHER", 1);
    ServedPv pv = serve(1);
    Listening beside = new Listening();
    client.subscribe("T:OTHER", beside);
    beside.awaitUpdates(1);
    Listening listening = new Listening();
    withholding = true;
    PvSubscription subscription = client.subscribe("T:V", listening);
    Listening.until("the refusal", () -> !listening.refusals().isEmpty());
    boolean connectedMeanwhile = subscription.isConnected();
    // When
    other.post(state(RIGHT_TO_READ, Severity.NONE));
    listening.awaitUpdates(1);
    pv.post(state(7, Severity.NONE));
    listening.awaitUpdate("the new value", update -> update.value().equals(Value.of(7.0)));
    // Then
    assertThat(connectedMeanwhile).isFalse();
    assertThat(listening.refusals()).containsExactly("its server does not let us read it");
    assertThat(listening.disconnections()).isZero();
    assertThat(subscription.isConnected()).isTrue();
  }

  @Test
  void shouldDistrustTheValueBeforeAnUpdateThatHoldsNone() {
    // Given
    ServedPv pv = serve(1);
    Listening listening = new Listening();
    client.subscribe("T:V", listening);
    listening.awaitUpdates(1);
    // When
    pv.post(state(NO_ELEMENT, Severity.NONE));
    listening.awaitUpdates(2);
    pv.post(state(CUT_SHORT, Severity.NONE));
    listening.awaitUpdates(3);
    pv.post(state(6, Severity.NONE));
    listening.awaitUpdates(4);
    // Then
    assertThat(listening.updates().subList(1, 4))
        .containsExactly(
            update(1, Severity.INVALID, CaAlarms.UNDEFINED, "UDF", NO_ELEMENT, 1),
            update(1, Severity.INVALID, CaAlarms.UNDEFINED, "UDF", NO_ELEMENT, 1),
            update(6, Severity.NONE, 0, "", 6, 0));
    assertThat(listening.disconnections()).isZero();
  }

  @Test
  void shouldSayThatAPvHoldsNoValueUntilItDoes() throws Exception {
    // Given
    ServedPv pv = serve(NO_ELEMENT);
    Listening listening = new Listening();
    // When
    client.subscribe("T:V", listening);
    Listening.until("the refusal", () -> !listening.refusals().isEmpty());
    GetReply read = client.get("T:V", TimeUnit.SECONDS.toNanos(60)).get();
    List<PvUpdate> before = listening.updates();
    pv.post(state(6, Severity.NONE));
    listening.awaitUpdates(1);
    // Then
    assertThat(listening.refusals()).contains("its update holds no value");
    assertThat(read).isEqualTo(new GetReply.Failed("T:V: its answer holds no value"));
    assertThat(before).isEmpty();
    assertThat(listening.updates().getFirst().value()).isEqualTo(Value.of(6.0));
    assertThat(listening.connections()).hasSize(1);
  }
}
