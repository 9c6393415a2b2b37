package org.orrery.scenarios.soak;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.value.Value;
import org.orrery.scenarios.harness.Api;
import org.orrery.scenarios.harness.Loop;
import org.orrery.scenarios.harness.OrreryProcess;
import org.orrery.scenarios.harness.Plant;

/**
 * Two experts who never tire: one of them turns settings at the device, then they restore them from
 * a snapshot through Orrery, again and again, so that there is nearly always a write under way.
 * They put up with an Orrery that is away. Thread-safe.
 */
final class Operators implements AutoCloseable {
  /** Bias voltages of the photon detectors: a supply that may be written to often. */
  private static final String CHANNELS = "pds.*.bias-set";

  private static final int DETECTORS = 12;
  private static final int TURNED_AT_ONCE = 4;
  private static final double NOMINAL_V = 45;

  /** Small enough to raise no alarm, and more than the gate takes for the same value. */
  private static final double MOST_V = 0.3;

  private static final String SECOND = "second";
  private static final String SECOND_PASSWORD = "a second pair of eyes";
  private static final long PAUSE_MS = 300;

  private final Random random;
  private final Path ownPuts;
  private final Map<String, String> states = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile OrreryProcess orrery;
  private volatile boolean closed;

  /**
   * They begin at once.
   *
   * @param ownPuts the file that takes what they put at the device themselves, before they do: PV
   *     and value
   */
  Operators(OrreryProcess orrery, Path ownPuts, long seed) {
    this.orrery = orrery;
    this.ownPuts = ownPuts;
    this.random = new Random(seed);
    this.thread = Thread.ofPlatform().daemon().name("operators").start(this::work);
  }

  /** Orrery was started again. */
  void use(OrreryProcess restarted) {
    orrery = restarted;
  }

  /** How many proposals ended, or stand, in each state. */
  Map<String, Integer> endings() {
    Map<String, Integer> counts = new TreeMap<>();
    states.values().forEach(state -> counts.merge(state, 1, Integer::sum));
    return counts;
  }

  private void work() {
    while (!closed) {
      OrreryProcess now = orrery;
      try (Plant plant = Plant.of(now.data())) {
        workWith(now, plant);
      } catch (IOException | IllegalStateException away) {
        pause(); // killed just now
      } catch (InterruptedException e) {
        return;
      } catch (Exception odd) {
        System.out.println("operators: " + odd);
        pause();
      }
    }
  }

  private void workWith(OrreryProcess now, Plant plant) throws Exception {
    Api first = new Api(now.url());
    Api second = new Api(now.url());
    first.signIn("admin", now.password());
    HttpResponse<String> unusedThereAlready =
        first.send(
            "/api/v1/accounts",
            new JsonObject()
                .put("name", SECOND)
                .put("password", SECOND_PASSWORD)
                .put("roles", new JsonArray().add("EXPERT")));
    second.signIn(SECOND, SECOND_PASSWORD);
    String snapshot = snapshot(first);
    while (!closed && now.equals(orrery)) {
      for (String open : open(first)) {
        follow(first, second, open); // left over from before a kill
      }
      for (int i = 0; i < TURNED_AT_ONCE; i++) {
        turn(plant, "LAR:PDS:CH%02d:BIAS_SET".formatted(1 + random.nextInt(DETECTORS)));
      }
      String id = restore(first, snapshot);
      if (id != null) {
        follow(first, second, id);
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    }
  }

  /** A snapshot of the settings; each program makes one of its own. */
  private static String snapshot(Api api) throws Exception {
    JsonObject item = new JsonObject().put("pattern", CHANNELS);
    JsonObject stage = new JsonObject().put("name", "bias").put("items", new JsonArray().add(item));
    HttpResponse<String> unusedThereAlready =
        api.send(
            "/api/v1/snapshots/sets",
            new JsonObject()
                .put("name", "campaign")
                .put("title", "What the campaign turns")
                .put("stages", new JsonArray().add(stage)));
    return api.post(
            "/api/v1/snapshots",
            new JsonObject()
                .put("set", "campaign")
                .put("name", "as it was")
                .put("comment", "for the campaign"))
        .getString("id");
  }

  /** Turns a setting at the device, past Orrery, to a value that it never had. */
  private void turn(Plant plant, String pv) throws Exception {
    double offset = (2 * random.nextDouble() - 1) * MOST_V;
    double value = NOMINAL_V + Math.rint(offset * 1e9) / 1e9;
    Files.writeString(
        ownPuts,
        pv + " " + Value.of(value).display() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    plant.set(pv, value);
  }

  private static List<String> open(Api api) throws Exception {
    return Loop.objects(api.list("/api/v1/proposals"))
        .filter(proposal -> !proposal.getJsonObject("state").getBoolean("terminal"))
        .filter(proposal -> proposal.getString("title").startsWith("Restore"))
        .map(proposal -> proposal.getString("id"))
        .toList();
  }

  private static @Nullable String restore(Api api, String snapshot) throws Exception {
    HttpResponse<String> answer =
        api.send(
            "/api/v1/snapshots/" + snapshot + "/restore",
            new JsonObject().put("channels", new JsonArray()).put("reason", "campaign"));
    return answer.statusCode() == 200 ? new JsonObject(answer.body()).getString("id") : null;
  }

  /** Both approve; what is held is left as it is. */
  private void follow(Api first, Api second, String id) throws Exception {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadlineNs) {
      JsonObject proposal = first.get("/api/v1/proposals/" + id);
      JsonObject state = proposal.getJsonObject("state");
      String type = state.getString("type");
      states.put(id, type.toUpperCase(Locale.ROOT));
      if (state.getBoolean("terminal")) {
        return;
      }
      switch (type) {
        case "AWAITING_APPROVAL" -> {
          JsonObject yes =
              new JsonObject()
                  .put("planHash", proposal.getJsonObject("plan").getString("hash"))
                  .put("reason", "campaign");
          HttpResponse<String> unusedFirst =
              first.send("/api/v1/proposals/" + id + "/approve", yes);
          HttpResponse<String> unusedSecond =
              second.send("/api/v1/proposals/" + id + "/approve", yes);
        }
        case "HELD" -> {
          HttpResponse<String> unusedAborted =
              first.send(
                  "/api/v1/proposals/" + id + "/abort", new JsonObject().put("reason", "campaign"));
        }
        default -> {}
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS / 3);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.interrupt();
    thread.join(TimeUnit.SECONDS.toMillis(40));
  }
}
