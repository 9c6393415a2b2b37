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
import org.orrery.scenarios.harness.OrreryProcess;
import org.orrery.scenarios.harness.Plant;

/**
 * Two experts who never tire: one of them turns a setting at the device, then they restore it from
 * a snapshot through Orrery, again and again, so that there is nearly always a write under way.
 * They put up with an Orrery that is away. Thread-safe.
 */
final class Operators implements AutoCloseable {
  /** The ramp rate of a supply that is not ramping: turning it does the detector nothing. */
  private static final String CHANNEL = "hv.cathode.ramp-set";

  private static final String PV = "LAR:HV:CATHODE:RAMP_SET";
  private static final String SECOND = "second";
  private static final String SECOND_PASSWORD = "a second pair of eyes";
  private static final int MOST_V_PER_S = 100;
  private static final long PAUSE_MS = 300;

  private final Random random;
  private final Path ownPuts;
  private final Map<String, String> states = new ConcurrentHashMap<>();
  private final Thread thread;
  private volatile OrreryProcess orrery;
  private volatile boolean closed;

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

  /** What they put at the device themselves: PV and value. */
  List<String> ownPuts() throws IOException {
    return Files.exists(ownPuts) ? Files.readAllLines(ownPuts) : List.of();
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
      turn(plant);
      String id = restore(first, snapshot);
      if (id != null) {
        follow(first, second, id);
      }
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    }
  }

  /** A snapshot of the setting; each program makes one of its own. */
  private static String snapshot(Api api) throws Exception {
    JsonObject item = new JsonObject().put("pattern", CHANNEL);
    JsonObject stage = new JsonObject().put("name", "ramp").put("items", new JsonArray().add(item));
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

  /** Turns the setting at the device, past Orrery, to a value that it never had. */
  private void turn(Plant plant) throws Exception {
    double value = 1 + Math.floor(random.nextDouble() * MOST_V_PER_S * 1e6) / 1e6;
    synchronized (ownPuts) {
      Files.writeString(
          ownPuts,
          PV + " " + Value.of(value).display() + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
    plant.set(PV, value);
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
