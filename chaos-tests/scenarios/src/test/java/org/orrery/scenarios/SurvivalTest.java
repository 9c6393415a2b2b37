package org.orrery.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.scenarios.harness.Api;
import org.orrery.scenarios.harness.ChildProcesses;
import org.orrery.scenarios.harness.Ledger;
import org.orrery.scenarios.harness.Logs;
import org.orrery.scenarios.harness.Loop;
import org.orrery.scenarios.harness.OrreryProcess;
import org.orrery.scenarios.harness.Plant;

/**
 * Broker, database and Orrery itself are killed in the middle of an episode, one after the other:
 * alarms go on, the proposal stays as it was, and nothing is lost that was said to be stored.
 */
@ExtendWith(Logs.class)
class SurvivalTest {
  private static final double FACTOR = 60;
  private static final Duration CALM = Duration.ofSeconds(180);
  private static final Duration ALARM = Duration.ofSeconds(60);
  private static final Duration BACK = Duration.ofSeconds(120);

  @Test
  void shouldLoseNothingWhenBrokerDatabaseAndOrreryAreKilled(@TempDir Path directory)
      throws Exception {
    OrreryProcess first = OrreryProcess.start(directory.resolve("survival"), FACTOR, 7);
    JsonObject proposal;
    try (Plant plant = Plant.of(first.data())) {
      // Given a proposal that waits for its approval
      Api api = new Api(first.url());
      Loop.awaitCalm(api, CALM);
      plant.fault("F5 start");
      proposal = Loop.awaitProposal(api, CALM);

      // When the broker is killed, then alarms go on while it is away
      killAndAlarm(first, plant, api, "kafka", "fe.femb03.bias-volts");
      awaitArchive(api);

      // When the database is killed, then alarms go on while it is away, and the proposal stays
      killAndAlarm(first, plant, api, "postgres", "fe.femb05.bias-volts");
      assertThat(awaitSame(api, proposal)).isTrue();
      awaitArchive(api);
    } finally {
      // When Orrery itself is killed
      first.kill();
    }

    // Then it goes on where it was, and the episode can be brought to its end
    try (OrreryProcess second = first.restart(FACTOR, 7);
        Plant plant = Plant.of(second.data())) {
      Api api = new Api(second.url());
      assertThat(awaitSame(api, proposal)).isTrue();
      awaitArchive(api);
      awaitAlarm(api, "fe.femb03.bias-volts");
      awaitAlarm(api, "fe.femb05.bias-volts");
      api.signIn("admin", first.password());
      api.post(
          "/api/v1/proposals/" + proposal.getString("id") + "/approve",
          new JsonObject()
              .put("planHash", proposal.getJsonObject("plan").getString("hash"))
              .put("reason", "as it was before the crash"));
      Loop.awaitState(api, proposal.getString("id"), "VERIFIED", Duration.ofSeconds(120));
      assertThat(plant.read("LAR:PURIF:PUMP_B:ENABLE").display()).isEqualTo("ON");
      assertThat(api.get("/api/v1/audit/verify").getBoolean("intact")).isTrue();

      // Then every sample that was acknowledged as stored is stored
      Set<String> acknowledged = Ledger.read(second.ledger());
      assertThat(acknowledged).hasSizeGreaterThan(10_000);
      Awaitility.await("every acknowledged sample is archived")
          .atMost(BACK)
          .pollInterval(Duration.ofSeconds(2))
          .untilAsserted(() -> assertThat(Ledger.missing(acknowledged, second.data())).isEmpty());
      System.out.printf("%d acknowledged samples, all archived%n", acknowledged.size());
    }
  }

  /** Kills a child, each life of it, until an alarm that began meanwhile is shown. */
  private static void killAndAlarm(
      OrreryProcess orrery, Plant plant, Api api, String child, String channel) throws Exception {
    int livesBefore = lives(orrery, child);
    orrery.killChild(child);
    plant.fault("F21 start channel=" + channel + " bias=2");
    Awaitility.await("an alarm of " + channel + " while " + child + " is away")
        .atMost(ALARM)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> {
              ChildProcesses.killIfAlive(orrery.data(), child);
              return hasAlarm(api, channel);
            });
    assertThat(lives(orrery, child)).as("%s was away all the time", child).isEqualTo(livesBefore);
    Awaitility.await(child + " is back")
        .atMost(BACK)
        .until(() -> lives(orrery, child) > livesBefore);
  }

  private static int lives(OrreryProcess orrery, String child) {
    return (int)
        orrery.lines().stream().filter(line -> line.contains(" " + child + ": ready")).count();
  }

  private static void awaitAlarm(Api api, String channel) {
    Awaitility.await("an alarm of " + channel)
        .atMost(ALARM)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> hasAlarm(api, channel));
  }

  private static boolean hasAlarm(Api api, String channel)
      throws IOException, InterruptedException {
    return Loop.objects(api.list("/api/v1/alarms"))
        .anyMatch(a -> a.getString("channel").equals(channel));
  }

  /** Waits until the proposal can be read, and tells whether it is what it was. */
  private static boolean awaitSame(Api api, JsonObject before) {
    JsonObject after =
        Awaitility.await("the proposal can be read")
            .atMost(BACK)
            .ignoreExceptionsInstanceOf(IOException.class)
            .until(() -> api.get("/api/v1/proposals/" + before.getString("id")), p -> true);
    return after.getInteger("version").equals(before.getInteger("version"))
        && after.getJsonObject("state").equals(before.getJsonObject("state"))
        && after
            .getJsonObject("plan")
            .getString("hash")
            .equals(before.getJsonObject("plan").getString("hash"));
  }

  /** Waits until the archive stores what happens now. */
  private static void awaitArchive(Api api) throws Exception {
    double now = api.get("/api/v1/overview").getDouble("plantMs");
    Awaitility.await("the archive stores again")
        .atMost(BACK)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () ->
                !api.get(
                        "/api/v1/history?channel=purif.flow&from=%.0f&to=%.0f&points=100"
                            .formatted(now, now + 3_600_000))
                    .getJsonArray("points")
                    .isEmpty());
  }
}
