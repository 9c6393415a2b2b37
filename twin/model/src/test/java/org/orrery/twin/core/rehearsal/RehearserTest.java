package org.orrery.twin.core.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.twin.RehearsalRequest;
import org.orrery.contract.twin.RehearsalRequest.PlannedWrite;
import org.orrery.contract.twin.Trajectory;
import org.orrery.contract.value.Value;
import org.orrery.twin.core.diagnosis.Fault;
import org.orrery.twin.plant.TwinOnPlant;

class RehearserTest {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final ChannelId FLOW = new ChannelId("purif.flow");
  private static final ChannelId VOLTAGE = new ChannelId("hv.cathode.voltage");
  private static final ChannelId PRESSURE = new ChannelId("cryo.pressure.absolute");

  private final TwinOnPlant twin = new TwinOnPlant(31);
  private final Rehearser rehearser = new Rehearser(TwinOnPlant.runner());

  @Test
  void shouldForecastBandsThatTheFutureFallsInto() {
    // Given
    twin.run(3600);

    // When
    List<Trajectory> forecast =
        rehearser.forecast(
            Present.of(twin.engine()), List.of(FLOW, VOLTAGE, PRESSURE), 600 * SECOND_NS);
    int inside = 0;
    int total = 0;
    for (int step = 0; step < 60; step++) {
      twin.run(10);
      for (Trajectory trajectory : forecast) {
        Trajectory.Point point = trajectory.points().get(step);
        double read = latest(trajectory.channel());
        total++;
        inside += read >= point.band().low() && read <= point.band().high() ? 1 : 0;
      }
    }

    // Then
    assertThat((double) inside / total).isGreaterThan(0.75);
  }

  private double latest(ChannelId channel) {
    for (int s = 0; s < twin.engine().model().sensors().size(); s++) {
      if (twin.engine().model().sensors().get(s).channel().equals(channel.value())) {
        return twin.engine().readings().latest(s);
      }
    }
    throw new AssertionError("no sensor " + channel);
  }

  @Test
  void shouldShowWhatThePlanDoesBesideDoingNothing() {
    // Given
    twin.run(1800);
    RehearsalRequest request =
        new RehearsalRequest(
            List.of(
                new PlannedWrite(
                    new ChannelId("hv.cathode.voltage-set"), Value.of(-150.0), 30 * SECOND_NS)),
            List.of(VOLTAGE, new ChannelId("hv.cathode.voltage-set")),
            900 * SECOND_NS,
            Optional.empty());
    Limits limits =
        new Limits(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.of(-160.0));

    // When
    Rehearser.Played played =
        rehearser.rehearse(
            Present.of(twin.engine()), request, false, Map.of(VOLTAGE.value(), limits));

    // Then
    assertThat(played.withPlan().getFirst().points().getLast().band().median())
        .isBetween(-150.5, -149.5);
    assertThat(played.withoutPlan().getFirst().points().getLast().band().median())
        .isBetween(-180.5, -179.5);
    assertThat(played.withPlan()).hasSize(2);
    assertThat(played.predictedAlarms())
        .singleElement()
        .asString()
        .contains("hv.cathode.voltage at or above -160.0");
  }

  @Test
  void shouldAssumeTheFaultThatTheRequestNames() {
    // Given
    twin.run(1800);
    RehearsalRequest request =
        new RehearsalRequest(
            List.of(), List.of(FLOW), 120 * SECOND_NS, Optional.of(Fault.PUMP_A_STOP.hypothesis()));

    // When
    Rehearser.Played played =
        rehearser.rehearse(Present.of(twin.engine()), request, true, Map.of());

    // Then
    assertThat(played.withPlan().getFirst().points().getLast().band().high()).isLessThan(0.2);
  }

  @Test
  void shouldNameTheWritesThatItHasNoEquationFor() {
    // When
    List<ChannelId> unknown =
        rehearser.unknown(
            List.of(
                new PlannedWrite(new ChannelId("daq.run.command"), Value.of("START"), 0),
                new PlannedWrite(new ChannelId("cryo.pressure.set"), Value.of(140.0), 0)));

    // Then
    assertThat(unknown).containsExactly(new ChannelId("daq.run.command"));
  }
}
