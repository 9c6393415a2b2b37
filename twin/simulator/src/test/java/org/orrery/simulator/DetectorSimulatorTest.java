package org.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectorSimulatorTest {

  @Test
  void shouldDescribeAtLeastThreeHundredChannels() {
    // Given
    Recorder recorder = new Recorder(1);
    // When
    List<SimulatedChannel> channels = recorder.simulator.channels();
    // Then
    assertThat(channels).hasSizeGreaterThan(300).doesNotHaveDuplicates();
    assertThat(channels)
        .allSatisfy(
            channel -> {
              assertThat(channel.description()).isNotBlank();
              assertThat(channel.displayLow()).isLessThan(channel.displayHigh());
              assertThat(channel.choices().isEmpty())
                  .isEqualTo(channel.kind() != SimulatedChannel.Kind.CHOICE);
            });
    assertThat(recorder.simulator.channel("purif.pump-a.speed-set").orElseThrow().pvName())
        .isEqualTo("LAR:PURIF:PUMP_A:SPEED_SET");
  }

  @Test
  void shouldReadEveryChannelAtItsCadence() {
    // Given
    Recorder recorder = new Recorder(1);
    Map<String, Integer> counts = new HashMap<>();
    // When
    for (Reading reading : recorder.simulator.step(Recorder.START_NS + 600_000_000_000L)) {
      counts.merge(reading.channelId(), 1, Integer::sum);
    }
    // Then
    for (SimulatedChannel channel : recorder.simulator.channels()) {
      if (channel.cadenceNs() < 600_000_000_000L) {
        assertThat(counts.get(channel.id()))
            .as(channel.id())
            .isEqualTo((int) (600_000_000_000L / channel.cadenceNs()));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"20, 7", "300, 1"})
  void shouldStayHealthyForAWeek(long seed, int days) {
    // Given
    Recorder recorder = new Recorder(seed);
    // When
    recorder.hours(days * 24);
    // Then
    assertThat(recorder.alarms).isEmpty();
    assertThat(recorder.last("mon.dqdx.anode")).isBetween(46.0, 56.0);
    assertThat(recorder.last("mon.dqdx.cathode")).isBetween(34.0, 49.0);
    assertThat(recorder.last("mon.crosser.drift-time")).isBetween(2_245.0, 2_375.0);
    assertThat(recorder.last("mon.light.yield")).isBetween(90.0, 120.0);
    assertThat(recorder.last("purif.prm2.lifetime")).isBetween(6.5, 10.0);
    assertThat(recorder.last("hv.cathode.current")).isBetween(94.0, 103.0);
  }

  @Test
  void shouldFollowTheSaturationLine() {
    // Given
    Recorder recorder = new Recorder(2);
    recorder.hours(12);
    double pressure = recorder.mean("cryo.pressure.absolute");
    double kelvin = recorder.mean("cryo.rtd.t20");
    // When
    recorder.put("cryo.pressure.set", 160);
    recorder.hours(24).hours(12);
    // Then
    double gained = recorder.mean("cryo.pressure.absolute") - pressure;
    assertThat((recorder.mean("cryo.rtd.t20") - kelvin) / gained * 1e3).isCloseTo(8.6, within(1.2));
  }

  @Test
  void shouldNotDoubleTheFlowWithTwoPumps() {
    // Given
    Recorder recorder = new Recorder(1);
    double one = recorder.seconds(60).mean("purif.flow");
    // When
    recorder.put("purif.pump-b.enable", 1);
    recorder.seconds(60).seconds(30);
    // Then
    assertThat(recorder.mean("purif.flow") / one).isBetween(1.05, 1.3);
  }

  @Test
  void shouldNumberRunsAndFollowCommands() {
    // Given
    Recorder recorder = new Recorder(1);
    double first = recorder.seconds(20).last("daq.run.number");
    // When
    recorder.put("daq.run.command", 2);
    // Then
    assertThat(recorder.seconds(300).last("daq.run.state")).isZero();
    recorder.put("daq.run.command", 1);
    assertThat(recorder.seconds(20).last("daq.run.state")).isEqualTo(1);
    assertThat(recorder.last("daq.run.command")).isZero();
    assertThat(recorder.last("daq.run.number")).isEqualTo(first + 1);
    assertThat(recorder.hours(4.1).last("daq.run.number")).isEqualTo(first + 2);
  }

  @Test
  void shouldShowAnAcceptedPutAtOnce() {
    // Given
    Recorder recorder = new Recorder(1);
    long now = recorder.simulator.timeNs() + 5_000_000L;
    // When
    PutResult result = recorder.simulator.put("purif.pump-b.speed-set", SimValue.of(42), now);
    // Then
    assertThat(result).isEqualTo(new PutResult.Accepted());
    assertThat(recorder.simulator.step(now))
        .extracting(Reading::channelId, Reading::value, Reading::timeNs)
        .contains(
            org.assertj.core.api.Assertions.tuple("purif.pump-b.speed-set", SimValue.of(42), now));
  }

  @ParameterizedTest
  @CsvSource({
    "purif.pump-b.speed-set, 61, outside",
    "hv.cathode.voltage-set, 10, outside",
    "hv.cathode.voltage, -100, read-only",
    "no.such.channel, 1, no such channel",
    "purif.pump-b.enable, 0.5, wrong kind"
  })
  void shouldRefuseImpossiblePuts(String channel, double value, String reason) {
    // Given
    Recorder recorder = new Recorder(1);
    byte[] before = recorder.simulator.save();
    // When
    PutResult result = recorder.put(channel, value);
    // Then
    assertThat(result).isInstanceOf(PutResult.Refused.class);
    assertThat(((PutResult.Refused) result).reason()).contains(reason);
    assertThat(recorder.simulator.save()).isEqualTo(before);
  }

  @Test
  void shouldRefusePutsWhileTheKeyIsOnLocal() {
    // Given
    Recorder recorder = new Recorder(1);
    recorder.say("key purif.pump-b.remote LOCAL");
    // When
    PutResult result = recorder.put("purif.pump-b.enable", 1);
    // Then
    assertThat(result).isEqualTo(new PutResult.Refused("pump B: key on LOCAL"));
    assertThat(recorder.seconds(5).last("purif.pump-b.remote")).isZero();
    recorder.say("hand purif.pump-b.enable 1");
    assertThat(recorder.seconds(30).last("purif.pump-b.speed")).isGreaterThan(45);
  }

  @Test
  void shouldRefuseAPumpStartWhileFilterValvesMove() {
    // Given
    Recorder recorder = new Recorder(1);
    recorder.put("purif.filter.select", 1);
    // When
    PutResult result = recorder.put("purif.pump-b.enable", 1);
    // Then
    assertThat(result).isInstanceOf(PutResult.Refused.class);
    recorder.seconds(30);
    assertThat(recorder.put("purif.pump-b.enable", 1)).isEqualTo(new PutResult.Accepted());
    assertThat(recorder.last("purif.filter-b.dp")).isGreaterThan(300);
    assertThat(recorder.last("purif.filter-a.dp")).isLessThan(20);
  }

  @Test
  void shouldGiveOneReadingPerChannelInASnapshot() {
    // Given
    Recorder recorder = new Recorder(1);
    // When
    List<Reading> snapshot = recorder.simulator.snapshot();
    // Then
    assertThat(snapshot).hasSameSizeAs(recorder.simulator.channels());
    assertThat(snapshot).allMatch(reading -> reading.severity() == Severity.NONE);
    assertThat(new HashSet<>(snapshot.stream().map(Reading::channelId).toList()))
        .hasSameSizeAs(snapshot);
  }
}
