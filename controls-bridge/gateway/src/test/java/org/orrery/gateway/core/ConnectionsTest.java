package org.orrery.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.gateway.core.TestPlant.FLOW;
import static org.orrery.gateway.core.TestPlant.INTERLOCK;
import static org.orrery.gateway.core.TestPlant.SECOND;
import static org.orrery.gateway.core.TestPlant.SPEED;
import static org.orrery.gateway.core.TestPlant.pv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.health.ChannelHealth.Link;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;

class ConnectionsTest {
  private final VirtualTime time = new VirtualTime();
  private final FakeControl control = new FakeControl(time, TestPlant.facility());
  private final List<Sample> samples = new ArrayList<>();
  private final List<ChannelHealth> health = new ArrayList<>();
  private final Connections connections =
      new Connections(
          TestPlant.facility(),
          control,
          time,
          Connections.StaleSettings.DEFAULT,
          TestPlant.FIRST_LIFE,
          samples::add,
          health::add);

  @Test
  void shouldTurnUpdatesIntoSamplesInOrder() {
    // Given
    open();

    // When
    control.show(pv(FLOW), Value.of(1.5));
    control.show(pv(FLOW), Value.of(1.4));

    // Then
    assertThat(of(FLOW)).extracting(s -> s.value().display()).containsExactly("1.67", "1.5", "1.4");
    assertThat(of(FLOW)).extracting(Sample::sequence).containsExactly(1L, 2L, 3L);
    assertThat(of(FLOW)).allSatisfy(s -> assertThat(s.quality()).isEqualTo(Quality.GOOD));
  }

  @Test
  void shouldSayThatASilentChannelIsStaleAndThatItSpeaksAgain() {
    // Given
    open();

    // When
    time.advance(6 * SECOND);
    connections.tick();
    connections.tick();
    control.tell(pv(FLOW));

    // Then
    assertThat(links(FLOW)).containsExactly(Link.CONNECTED, Link.STALE, Link.CONNECTED);
    assertThat(of(FLOW))
        .extracting(Sample::quality)
        .containsExactly(Quality.GOOD, Quality.STALE, Quality.GOOD);
    assertThat(links(SPEED)).containsExactly(Link.CONNECTED);
  }

  @Test
  void shouldTellFirstOfEachChannelFromWhenOnNobodyListened() {
    // Given a life that knows until when the one before listened, and a channel that never connects
    long before = time.nowNs() - 3_600 * SECOND;
    GatewayLife life = new GatewayLife(7, OptionalLong.of(before));
    List<ChannelHealth> told = new ArrayList<>();
    FakeControl reached = new FakeControl(time, TestPlant.facility());
    Connections next =
        new Connections(
            TestPlant.facility(),
            reached,
            time,
            Connections.StaleSettings.DEFAULT,
            life,
            samples::add,
            told::add);
    next.open();

    // When none connects for a minute, then all do, are lost and come back
    time.advance(60 * SECOND);
    next.tick();
    reached.connect();
    reached.disconnect();
    reached.connect();

    // Then
    List<ChannelHealth> ofFlow = told.stream().filter(h -> h.channel().equals(FLOW)).toList();
    assertThat(ofFlow)
        .extracting(ChannelHealth::link)
        .containsExactly(Link.DISCONNECTED, Link.CONNECTED, Link.DISCONNECTED, Link.CONNECTED);
    assertThat(ofFlow.getFirst().unheardFromNs()).hasValue(before);
    assertThat(ofFlow.subList(1, 4)).allMatch(health -> health.unheardFromNs().isEmpty());
  }

  @Test
  void shouldTellFromWhenOnNobodyListenedWhenAChannelConnectsAtOnce() {
    // Given
    GatewayLife life = new GatewayLife(0, OptionalLong.of(time.nowNs() - SECOND));
    ChannelMonitor monitor =
        new ChannelMonitor(TestPlant.facility().channels().get(FLOW), 0, 0, life, time.nowNs());

    // When
    ChannelMonitor.Step first =
        monitor.onConnected(
            new ControlSystem.Description(ValueKind.DOUBLE, "kg/s", List.of()), time.nowNs());

    // Then
    assertThat(first.health().orElseThrow().link()).isEqualTo(Link.CONNECTED);
    assertThat(first.health().orElseThrow().unheardFromNs()).isEqualTo(life.unheardFromNs());
    assertThat(monitor.onDisconnected(time.nowNs()).health().orElseThrow().unheardFromNs())
        .isEmpty();
  }

  @Test
  void shouldNotLeaveTheLastReadingGoodOfAChannelThatIsRefused() {
    // Given
    open();

    // When
    control.refuse(pv(FLOW), "no right to read it");
    control.refuse(pv(FLOW), "no right to read it");

    // Then
    assertThat(of(FLOW)).hasSize(2);
    assertThat(of(FLOW).getLast().quality()).isEqualTo(Quality.DISCONNECTED);
    assertThat(of(FLOW).getLast().severity()).isEqualTo(Severity.INVALID);
    assertThat(links(FLOW)).containsExactly(Link.CONNECTED, Link.DISCONNECTED);
  }

  @Test
  void shouldPublishALostConnectionAsASample() {
    // Given
    open();

    // When
    control.disconnect();
    control.disconnect();

    // Then
    Sample last = of(FLOW).getLast();
    assertThat(of(FLOW)).hasSize(2);
    assertThat(last.quality()).isEqualTo(Quality.DISCONNECTED);
    assertThat(last.severity()).isEqualTo(Severity.INVALID);
    assertThat(last.value()).isEqualTo(Value.of(1.67));
    assertThat(last.sourceTimeNs()).isEqualTo(of(FLOW).getFirst().sourceTimeNs());
    assertThat(links(FLOW)).containsExactly(Link.CONNECTED, Link.DISCONNECTED);
  }

  @Test
  void shouldTakeTheSameReadingAgainAfterAReconnection() {
    // Given
    ChannelMonitor monitor =
        new ChannelMonitor(
            TestPlant.facility().channels().get(SPEED), 0, 0, TestPlant.FIRST_LIFE, time.nowNs());
    ControlSystem.Description description =
        new ControlSystem.Description(ValueKind.DOUBLE, "Hz", List.of());
    ControlSystem.Update old =
        new ControlSystem.Update(Value.of(40.0), Severity.NONE, "", time.nowNs(), 0);
    long nowNs = time.nowNs();
    monitor.onConnected(description, nowNs);
    monitor.onUpdate(old, nowNs);

    // When
    Sample lost = monitor.onDisconnected(nowNs + 60 * SECOND).sample().orElseThrow();
    monitor.onConnected(description, nowNs + 120 * SECOND);
    Sample again = monitor.onReadAgain(old, 2, nowNs + 120 * SECOND).sample().orElseThrow();

    // Then
    assertThat(lost.sourceTimeNs()).isEqualTo(again.sourceTimeNs()).isEqualTo(old.timeNs());
    assertThat(lost.receivedTimeNs()).isLessThan(again.receivedTimeNs());
    assertThat(again.quality()).isEqualTo(Quality.GOOD);
  }

  @Test
  void shouldMarkAPvThatIsNotWhatTheDescriptionSays() {
    // Given
    ChannelMonitor monitor =
        new ChannelMonitor(
            TestPlant.facility().channels().get(FLOW),
            5 * SECOND,
            0,
            TestPlant.FIRST_LIFE,
            time.nowNs());

    // When
    ChannelMonitor.Step connected =
        monitor.onConnected(
            new ControlSystem.Description(ValueKind.LONG, "g/s", List.of()), time.nowNs());
    ChannelMonitor.Step updated =
        monitor.onUpdate(
            new ControlSystem.Update(new Value.LongValue(1), Severity.NONE, "", time.nowNs(), 0),
            time.nowNs());

    // Then
    assertThat(connected.health()).map(ChannelHealth::link).contains(Link.MISMATCH);
    assertThat(connected.health())
        .map(ChannelHealth::detail)
        .get()
        .asString()
        .contains("LONG", "g/s", "kg/s");
    assertThat(updated.sample()).map(Sample::quality).contains(Quality.BAD);
  }

  @Test
  void shouldMarkANumberThatIsNoneAsBad() {
    // Given
    open();

    // When
    control.show(pv(FLOW), Value.of(Double.NaN));
    control.show(pv(FLOW), Value.of(Double.POSITIVE_INFINITY));
    control.show(pv(FLOW), Value.of(1.5));

    // Then
    assertThat(of(FLOW))
        .extracting(Sample::quality)
        .containsExactly(Quality.GOOD, Quality.BAD, Quality.BAD, Quality.GOOD);
  }

  @Test
  void shouldTakeOverADescriptionThatChangesOnAnOpenConnection() {
    // Given
    open();
    ControlSystem.Description meant =
        FakeControl.description(TestPlant.facility().channels().get(SPEED));

    // When
    control.describe(pv(SPEED), new ControlSystem.Description(meant.kind(), "rpm", List.of()));
    control.takenNs.put(pv(SPEED), time.nowNs());
    control.show(pv(SPEED), Value.of(41.0));
    ChannelHealth changed = connections.health(SPEED).orElseThrow();
    control.describe(
        pv(SPEED),
        new ControlSystem.Description(
            meant.kind(), meant.egu(), List.of(), Optional.of(new ControlSystem.Accepted(10, 45))));
    time.advance(SECOND);

    // Then
    assertThat(changed.detail()).contains("rpm", meant.egu());
    assertThat(links(SPEED)).containsExactly(Link.CONNECTED, Link.MISMATCH, Link.CONNECTED);
    assertThat(of(SPEED))
        .extracting(Sample::quality)
        .containsExactly(Quality.GOOD, Quality.BAD, Quality.GOOD);
    assertThat(connections.accepted(SPEED)).contains(new ControlSystem.Accepted(10, 45));
  }

  @Test
  void shouldNotTakeAChangeOfLimitsForASignOfLife() {
    // Given
    open();
    time.advance(60 * SECOND);
    connections.tick();

    // When
    control.describe(pv(FLOW), FakeControl.description(TestPlant.facility().channels().get(FLOW)));

    // Then
    assertThat(links(FLOW)).containsExactly(Link.CONNECTED, Link.STALE);
  }

  @Test
  void shouldMarkAnOldSourceTimeAsStale() {
    // Given
    ChannelMonitor monitor =
        new ChannelMonitor(
            TestPlant.facility().channels().get(FLOW),
            5 * SECOND,
            0,
            TestPlant.FIRST_LIFE,
            time.nowNs());
    monitor.onConnected(
        new ControlSystem.Description(ValueKind.DOUBLE, "kg/s", List.of()), time.nowNs());

    // When
    Optional<Sample> sample =
        monitor
            .onUpdate(
                new ControlSystem.Update(
                    Value.of(1.6), Severity.NONE, "", time.nowNs() - 60 * SECOND, 0),
                time.nowNs())
            .sample();

    // Then
    assertThat(sample).map(Sample::quality).contains(Quality.STALE);
  }

  @Test
  void shouldCountALossAndReadTheChannelAgain() {
    // Given
    open();
    control.silently(pv(FLOW), Value.of(0.5));

    // When
    control.tellLoss(pv(FLOW), Value.of(0.9), 3);
    time.advance(SECOND);

    // Then
    assertThat(of(FLOW)).extracting(s -> s.value().display()).containsExactly("1.67", "0.9", "0.5");
    LossCount transport = connections.lossCounts().getFirst();
    assertThat(transport.squashed()).isEqualTo(3);
    assertThat(transport.in()).isEqualTo(transport.out() + 3);
    LossCount gateway = connections.lossCounts().getLast();
    assertThat(gateway.in()).isEqualTo(gateway.out()).isEqualTo(samples.size());
  }

  @Test
  void shouldTellAChannelThatNeverConnectsOnceTheGraceIsOver() {
    // Given
    connections.open();
    long startNs = time.nowNs();

    // When
    time.advance(14 * SECOND);
    connections.tick();
    List<ChannelHealth> early = List.copyOf(health);
    List<ChannelHealth> askedEarly = connections.toldHealth();
    time.advance(SECOND);
    connections.tick();
    connections.tick();

    // Then
    assertThat(early).isEmpty();
    assertThat(askedEarly).isEmpty();
    assertThat(links(FLOW)).containsExactly(Link.DISCONNECTED);
    assertThat(links(INTERLOCK)).containsExactly(Link.DISCONNECTED);
    assertThat(health).allSatisfy(h -> assertThat(h.sinceNs()).isEqualTo(startNs));
    assertThat(connections.toldHealth()).hasSameSizeAs(TestPlant.facility().channels().values());
  }

  @Test
  void shouldTakeAReadingAgainFromASourceWhoseClockWentBack() {
    // Given
    ChannelMonitor monitor =
        new ChannelMonitor(
            TestPlant.facility().channels().get(SPEED), 0, 0, TestPlant.FIRST_LIFE, time.nowNs());
    long nowNs = time.nowNs();
    monitor.onConnected(new ControlSystem.Description(ValueKind.DOUBLE, "Hz", List.of()), nowNs);
    monitor.onUpdate(new ControlSystem.Update(Value.of(40), Severity.NONE, "", nowNs, 1), nowNs);
    ControlSystem.Update back =
        new ControlSystem.Update(Value.of(12), Severity.NONE, "", nowNs - 60 * SECOND, 0);

    // When
    Optional<Sample> overtaken = monitor.onReadAgain(back, 0, nowNs).sample();
    Optional<Sample> newest = monitor.onReadAgain(back, 1, nowNs).sample();

    // Then
    assertThat(overtaken).isEmpty();
    assertThat(newest).map(Sample::value).contains(Value.of(12));
  }

  private void open() {
    connections.open();
    control.show(pv(SPEED), Value.of(40.0));
    control.show(pv(FLOW), Value.of(1.67));
    control.connect();
  }

  private List<Sample> of(ChannelId channel) {
    return samples.stream().filter(s -> s.channel().equals(channel)).toList();
  }

  private List<Link> links(ChannelId channel) {
    return health.stream()
        .filter(h -> h.channel().equals(channel))
        .map(ChannelHealth::link)
        .toList();
  }
}
