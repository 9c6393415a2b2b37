package org.orrery.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.scenarios.harness.Api;
import org.orrery.scenarios.harness.Logs;
import org.orrery.scenarios.harness.Loop;
import org.orrery.scenarios.harness.OrreryProcess;
import org.orrery.scenarios.harness.Plant;

/** Without a person's yes, and with writing stopped, the assembled system changes nothing. */
@ExtendWith(Logs.class)
class RefusalsTest {
  private static final double FACTOR = 60;
  private static final Duration WITHHELD = Duration.ofSeconds(10);

  @Test
  void shouldWriteNothingWithoutApprovalAndRefuseWhileWritingIsStopped(@TempDir Path directory)
      throws Exception {
    try (OrreryProcess orrery = OrreryProcess.start(directory.resolve("refusals"), FACTOR, 7);
        Plant plant = Plant.of(orrery.data())) {
      // Given a proposal that nobody approves
      Api api = new Api(orrery.url());
      Loop.awaitCalm(api, Duration.ofSeconds(180));
      plant.fault("F5 start");
      JsonObject proposal = Loop.awaitProposal(api, Duration.ofSeconds(180));
      String path = "/api/v1/proposals/" + proposal.getString("id");
      Map<String, String> settings = settings(api, plant);

      // When time passes, ten minutes for the plant, then nothing is written
      Awaitility.await("the proposal waits")
          .during(WITHHELD)
          .atMost(WITHHELD.plusSeconds(10))
          .until(() -> stateOf(api, path).equals("AWAITING_APPROVAL"));
      assertThat(settings(api, plant)).isEqualTo(settings);
      assertThat(gateEntries(api)).isEmpty();

      // When somebody stops writing, and it is approved all the same
      api.signIn("admin", orrery.password());
      JsonObject writing =
          api.post(
              "/api/v1/writing",
              new JsonObject().put("action", "STOP").put("reason", "people at the pumps"));
      assertThat(writing.getBoolean("stopped")).isTrue();
      api.post(
          path + "/approve",
          new JsonObject()
              .put("planHash", proposal.getJsonObject("plan").getString("hash"))
              .put("reason", "not aware of the stop"));

      // Then the gate refuses, on record, and nothing is written
      Awaitility.await("the plan ends or is held")
          .atMost(Duration.ofSeconds(60))
          .until(() -> stateOf(api, path), s -> List.of("ABORTED", "HELD", "FAILED").contains(s));
      assertThat(outcomes(api.get(path)))
          .singleElement()
          .satisfies(o -> assertThat(o.getString("type")).isEqualTo("REFUSED"))
          .satisfies(o -> assertThat(o.getString("reason")).isEqualTo("WRITING_STOPPED"));
      assertThat(settings(api, plant)).isEqualTo(settings);
      Awaitility.await("the refusal is on record")
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> gateEntries(api),
              entries ->
                  entries.stream()
                      .anyMatch(
                          e ->
                              e.getString("action").equals("gate.refused")
                                  && e.getString("content").contains("WRITING_STOPPED")));
      assertThat(gateEntries(api))
          .extracting(e -> e.getString("action"))
          .containsOnly("gate.refused");
      assertThat(api.get("/api/v1/audit/verify").getBoolean("intact")).isTrue();
    }
  }

  /** What every writable channel shows, past Orrery. */
  private static Map<String, String> settings(Api api, Plant plant) throws Exception {
    Map<String, String> settings = new TreeMap<>();
    for (Object each : api.get("/api/v1/facility").getJsonArray("channels")) {
      JsonObject channel = (JsonObject) each;
      if (channel.getBoolean("writable")) {
        String pv = channel.getString("pv");
        settings.put(pv, plant.read(pv).display());
      }
    }
    assertThat(settings).hasSizeGreaterThan(10);
    return settings;
  }

  private static String stateOf(Api api, String path) throws Exception {
    return api.get(path).getJsonObject("state").getString("type");
  }

  private static List<JsonObject> outcomes(JsonObject proposal) {
    return Loop.objects(proposal.getJsonArray("record"))
        .flatMap(step -> Loop.objects(step.getJsonArray("outcomes")))
        .toList();
  }

  private static List<JsonObject> gateEntries(Api api) throws Exception {
    JsonArray audit = api.list("/api/v1/audit?after=0");
    return Loop.objects(audit).filter(e -> e.getString("action").startsWith("gate.")).toList();
  }
}
