package org.orrery.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.value.ValueKind;
import org.orrery.simulator.DetectorSimulator;
import org.orrery.simulator.SimulatedChannel;
import org.orrery.simulator.SimulatorConfig;

/** The shipped description and the stand-in detector speak of the same channels. */
class ReferenceFacilityTest {
  private static final Path SHIPPED = Path.of("src", "main", "dist", "conf", "facility.yaml");

  private final List<SimulatedChannel> simulated =
      new DetectorSimulator(SimulatorConfig.reference(1), 0).channels();

  @Test
  void shouldDescribeExactlyTheChannelsOfTheStandIn() throws Exception {
    // Given
    List<String> ids = simulated.stream().map(SimulatedChannel::id).toList();

    // When
    Facility facility = FacilityLoader.load(SHIPPED);

    // Then
    assertThat(facility.simulated()).isTrue();
    assertThat(facility.channels().keySet())
        .extracting(ChannelId::value)
        .containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void shouldAgreeWithTheStandInChannelByChannel() throws Exception {
    // Given
    Facility facility = FacilityLoader.load(SHIPPED);

    // When
    assertSoftly(
        each ->
            simulated.forEach(
                device -> {
                  Channel channel = facility.channel(new ChannelId(device.id())).orElseThrow();
                  // Then
                  each.assertThat(channel.pv()).as(device.id()).isEqualTo(device.pvName());
                  each.assertThat(channel.kind()).as(device.id()).isEqualTo(kind(device));
                  each.assertThat(channel.unit()).as(device.id()).isEqualTo(unit(device));
                  each.assertThat(channel.egu()).as(device.id()).isEqualTo(device.egu());
                  each.assertThat(channel.choices()).as(device.id()).isEqualTo(device.choices());
                  each.assertThat(channel.writable().isPresent())
                      .as(device.id() + " can be written")
                      .isEqualTo(device.isWritable());
                }));
  }

  @Test
  void shouldKnowWhatReturnsByItself() throws Exception {
    // When
    Facility facility = FacilityLoader.load(SHIPPED);

    // Then
    assertThat(facility.channels().values())
        .filteredOn(channel -> channel.writable().filter(Writable::momentary).isPresent())
        .extracting(channel -> channel.id().value())
        .containsExactly("hv.cathode.reset", "fe.asic-cycle", "daq.run.command", "daq.disk.clean");
  }

  /** UCUM writes a number without a unit as 1, the description leaves the unit out. */
  private static String unit(SimulatedChannel device) {
    return device.unit().equals("1") ? "" : device.unit();
  }

  private static ValueKind kind(SimulatedChannel device) {
    return switch (device.kind()) {
      case DOUBLE -> ValueKind.DOUBLE;
      case LONG -> ValueKind.LONG;
      case TEXT -> ValueKind.TEXT;
      case CHOICE -> ValueKind.CHOICE;
      case ARRAY -> ValueKind.DOUBLE_ARRAY;
    };
  }
}
