package org.orrery.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.contract.command.Command;
import org.orrery.scenarios.harness.Api;
import org.orrery.scenarios.harness.GateJournal;
import org.orrery.scenarios.harness.Logs;
import org.orrery.scenarios.harness.Loop;
import org.orrery.scenarios.harness.OrreryProcess;
import org.orrery.scenarios.harness.Plant;

/**
 * The closed loop in two processes: gateway, alarms and operations in one, everything else in the
 * other. Each is killed in the middle and comes back; the proposal ends in Verified, or is held or
 * refused with a reason, and nothing is ever written twice.
 */
@ExtendWith(Logs.class)
class RolesTest {
  private static final double FACTOR = 30;
  private static final long SEED = 7;
  private static final String CORE = "gateway,alarms,operations";
  private static final String REST = "server,archive,twin,dqm,supervision";
  private static final Duration CALM = Duration.ofSeconds(400);
  private static final Duration SHOWN = Duration.ofSeconds(90);
  private static final Duration ENDED = Duration.ofSeconds(400);

  /** Below the minute that a request for a write is waited for, and above a loaded machine's. */
  private static final Duration NOTICED = Duration.ofSeconds(55);

  private static final Set<String> OPEN =
      Set.of("DRAFT", "REHEARSED", "AWAITING_APPROVAL", "APPROVED", "EXECUTING", "ROLLING_BACK");

  private static OrreryProcess rest(Path data) {
    return OrreryProcess.part(data, "roles-rest", REST, true, FACTOR, SEED);
  }

  private static OrreryProcess core(Path data, String name) {
    return OrreryProcess.part(data, name, CORE, false, FACTOR, SEED);
  }

  @Test
  void shouldEndWellWhenTheGatewaysProcessIsKilledBeforeApprovalAndWhileItWrites(
      @TempDir Path directory) throws Exception {
    Path data = directory.resolve("roles-core");
    try (OrreryProcess rest = rest(data)) {
      Api api = new Api(rest.url());
      JsonObject proposal;
      OrreryProcess first = core(data, "roles-core-1");
      try (Plant plant = Plant.of(data)) {
        // Given a proposal that waits for its approval, made from samples of another process
        Loop.awaitCalm(api, CALM);
        plant.fault("F5 start");
        proposal = Loop.awaitProposal(api, CALM);
        assertThat(Loop.leadingCause(proposal.getJsonObject("diagnosis"))).isEqualTo("F5");

        // When the gateway's process is killed before anybody approves
        first.kill();

        // Then the page says which rooms are away, and what to do
        awaitRoom(api, "gateway", "DOWN");
        assertThat(room(api, "gateway").getString("detail")).contains("--roles");
      } finally {
        first.close();
      }

      // When it comes back, and is killed again as soon as the plan is carried out
      try (OrreryProcess second = core(data, "roles-core-2")) {
        awaitRoom(api, "gateway", "UP");
        api.signIn("admin", rest.password());
        approve(api, proposal);
        awaitExecuting(api, proposal.getString("id"));
        second.kill();

        // Then nobody has to wait for it to come back, nor for the time of the request
        JsonObject held = awaitEnded(api, proposal.getString("id"), NOTICED);
        System.out.printf("without the gateway: %s%n", held.getJsonObject("state").encode());
      }
      try (OrreryProcess third = core(data, "roles-core-3");
          Plant plant = Plant.of(data)) {
        assertThat(third.lines()).isNotEmpty();
        assertEndsWell(api, plant, data, proposal.getString("id"));

        // When the gate cannot be reached, then writing is stopped all the same
        Path file = data.resolve("gateway/writing-stopped");
        assertThat(file).doesNotExist();
        third.kill();
        api.post("/api/v1/writing", new JsonObject().put("action", "STOP").put("reason", "smoke"));
        assertThat(file).content().contains("smoke");
      }
    }
  }

  @Test
  void shouldEndWellWhenTheOtherProcessIsKilledBeforeApprovalAndWhileTheGateWrites(
      @TempDir Path directory) throws Exception {
    Path data = directory.resolve("roles-rest");
    OrreryProcess first = rest(data);
    String password = first.password();
    try (OrreryProcess core = core(data, "roles-rest-core")) {
      JsonObject proposal;
      try (Plant plant = Plant.of(data)) {
        // Given a proposal that waits for its approval
        Api api = new Api(first.url());
        Loop.awaitCalm(api, CALM);
        plant.fault("F5 start");
        proposal = Loop.awaitProposal(api, CALM);
      } finally {
        // When the process with page, record and supervision is killed
        first.kill();
      }

      // Then it takes up the proposal as it was, and alarms raised meanwhile are there
      OrreryProcess second = first.again("roles-rest", REST, FACTOR, SEED);
      try {
        Api api = new Api(second.url());
        JsonObject after =
            Loop.awaitState(api, proposal.getString("id"), "AWAITING_APPROVAL", SHOWN);
        assertThat(after.getJsonObject("plan").getString("hash"))
            .isEqualTo(proposal.getJsonObject("plan").getString("hash"));
        awaitRoom(api, "gateway", "UP");
        Awaitility.await("alarms are shown again")
            .atMost(SHOWN)
            .ignoreExceptionsInstanceOf(IOException.class)
            .until(() -> !api.list("/api/v1/alarms").isEmpty());
        api.signIn("admin", password);
        approve(api, proposal);
        awaitExecuting(api, proposal.getString("id"));
      } finally {
        // When it is killed again while the gate writes
        second.kill();
      }
      try (OrreryProcess third = second.again("roles-rest", REST, FACTOR, SEED);
          Plant plant = Plant.of(data)) {
        assertEndsWell(new Api(third.url()), plant, data, proposal.getString("id"));
        assertThat(core.lines()).isNotEmpty();
      }
    }
  }

  private static void approve(Api api, JsonObject proposal) throws Exception {
    api.post(
        "/api/v1/proposals/" + proposal.getString("id") + "/approve",
        new JsonObject()
            .put("planHash", proposal.getJsonObject("plan").getString("hash"))
            .put("reason", "as it was before the crash"));
  }

  private static void awaitExecuting(Api api, String id) {
    Awaitility.await("the plan is carried out")
        .atMost(SHOWN)
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> {
              String state = state(api.get("/api/v1/proposals/" + id));
              return !Set.of("AWAITING_APPROVAL", "APPROVED").contains(state);
            });
  }

  private static String state(JsonObject proposal) {
    return proposal.getJsonObject("state").getString("type");
  }

  /** Verified with the standby pump on, or held or refused for a reason; nothing was replayed. */
  private static void assertEndsWell(Api api, Plant plant, Path data, String id) throws Exception {
    JsonObject ended = awaitEnded(api, id, ENDED);
    System.out.printf("proposal ended as %s%n", ended.getJsonObject("state").encode());
    if (state(ended).equals("VERIFIED")) {
      assertThat(plant.read("LAR:PURIF:PUMP_B:ENABLE").display()).isEqualTo("ON");
      assertThat(plant.read("LAR:PURIF:PUMP_A:ENABLE").display()).isEqualTo("OFF");
    } else {
      assertThat(ended.getJsonObject("state").encode()).containsPattern("\"(why|reason)\":\"[^\"]");
    }
    List<Command> attempted = GateJournal.attempted(data);
    System.out.printf("%d puts were attempted%n", attempted.size());
    assertThat(attempted).extracting(Command::id).doesNotHaveDuplicates();
    Set<String> writes = new HashSet<>();
    assertThat(attempted)
        .as("each write of the plan was made at most once")
        .allSatisfy(
            command -> assertThat(writes.add(command.channel() + "=" + command.value())).isTrue());
    assertThat(api.get("/api/v1/audit/verify").getBoolean("intact")).isTrue();
  }

  private static JsonObject awaitEnded(Api api, String id, Duration within) {
    return Awaitility.await("the proposal is verified, held or refused")
        .atMost(within)
        .pollInterval(Duration.ofMillis(500))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> api.get("/api/v1/proposals/" + id), p -> !OPEN.contains(state(p)));
  }

  private static void awaitRoom(Api api, String room, String status) {
    Loop.awaitOverview(
        api,
        room + " is " + status,
        Duration.ofSeconds(120),
        o ->
            Loop.objects(o.getJsonArray("rooms"))
                .anyMatch(
                    r -> r.getString("room").equals(room) && r.getString("status").equals(status)));
  }

  private static JsonObject room(Api api, String room) throws Exception {
    return Loop.objects(api.get("/api/v1/overview").getJsonArray("rooms"))
        .filter(r -> r.getString("room").equals(room))
        .findFirst()
        .orElseThrow();
  }
}
