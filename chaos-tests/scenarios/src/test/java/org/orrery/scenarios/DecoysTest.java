package org.orrery.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.scenarios.harness.Api;
import org.orrery.scenarios.harness.Logs;
import org.orrery.scenarios.harness.Loop;
import org.orrery.scenarios.harness.OrreryProcess;
import org.orrery.scenarios.harness.Plant;

/** What looks like a fault of the detector and is none must not make Orrery act on it. */
@ExtendWith(Logs.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DecoysTest {
  private static final double FACTOR = 60;
  private static final Duration CALM = Duration.ofSeconds(240);
  private static final Duration DIAGNOSED = Duration.ofSeconds(120);

  /** Fronts come with a few millibars in an hour, which is a minute here. */
  private static final double FRONT_MILLIBARS = 3;

  private static final Duration WATCHED = Duration.ofSeconds(10);

  @TempDir private static Path directory;
  private static OrreryProcess orrery;
  private static Plant plant;
  private static Api api;

  @BeforeAll
  static void start() throws Exception {
    orrery = OrreryProcess.start(directory.resolve("decoys"), FACTOR, 7);
    plant = Plant.of(orrery.data());
    api = new Api(orrery.url());
  }

  @AfterAll
  static void stop() throws Exception {
    if (plant != null) {
      plant.close();
    }
    if (orrery != null) {
      orrery.close();
    }
  }

  @BeforeEach
  void awaitHealth() throws Exception {
    plant.fault("clear all");
    Loop.awaitCalm(api, CALM);
  }

  @Test
  @Order(1)
  void shouldNameAThermometerThatLies() throws Exception {
    // Given
    double since = plantMs();

    // When
    plant.fault("F21 start channel=cryo.rtd.t07 bias=0.8");

    // Then
    awaitLyingSensor("cryo.rtd.t07", since);
    assertNothingIsDone();
  }

  @Test
  @Order(2)
  void shouldNameTheFlowMeterAndStartNoPumpWhenItIsDeadOverARunningPump() throws Exception {
    // Given
    double since = plantMs();

    // When
    plant.fault("F21 start channel=purif.flow stuck=0");

    // Then
    awaitLyingSensor("purif.flow", since);
    assertNothingIsDone();
  }

  @Test
  @Order(3)
  void shouldLeaveTheDetectorAloneWhenTheWeatherChanges() throws Exception {
    // Given
    double since = plantMs();
    double before = plant.number("LAR:ENV:BAROMETER");

    // When
    plant.fault("F10 start ramp=600");

    // Then
    Awaitility.await("the front comes")
        .atMost(Duration.ofSeconds(150))
        .until(() -> Math.abs(plant.number("LAR:ENV:BAROMETER") - before) > FRONT_MILLIBARS);
    assertNothingIsDone();
    JsonObject diagnosis = api.get("/api/v1/overview").getJsonObject("diagnosis");
    if (diagnosis != null && diagnosis.getDouble("onsetMs") > since) {
      assertThat(Loop.leadingCause(diagnosis)).isEqualTo("F10");
    }
  }

  private static double plantMs() throws Exception {
    return api.get("/api/v1/overview").getDouble("plantMs");
  }

  private static void awaitLyingSensor(String channel, double sinceMs) {
    Loop.awaitOverview(
        api,
        "the diagnosis names " + channel,
        DIAGNOSED,
        o ->
            o.getJsonObject("diagnosis") != null
                && o.getJsonObject("diagnosis").getDouble("atMs") > sinceMs
                && Loop.leadingCause(o.getJsonObject("diagnosis")).equals(channel));
  }

  private static void assertNothingIsDone() throws Exception {
    Awaitility.await("nothing is proposed and no pump is switched")
        .during(WATCHED)
        .atMost(WATCHED.plusSeconds(10))
        .until(
            () ->
                api.list("/api/v1/proposals").isEmpty()
                    && plant.read("LAR:PURIF:PUMP_A:ENABLE").display().equals("ON")
                    && plant.read("LAR:PURIF:PUMP_B:ENABLE").display().equals("OFF"));
  }
}
