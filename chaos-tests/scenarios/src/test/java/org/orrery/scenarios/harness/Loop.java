package org.orrery.scenarios.harness;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Waits for the stations of the closed loop as the API shows them. Stateless. */
public final class Loop {
  private static final Duration POLL = Duration.ofMillis(500);

  /** Detectors learn for ten minutes of plant time. */
  private static final double LEARNT_MS = 660_000;

  private Loop() {}

  /**
   * Waits until the twin has agreed and nothing was found wrong for as long as the detectors learn
   * what is usual.
   */
  public static void awaitCalm(Api api, Duration atMost) {
    AtomicReference<@Nullable Double> since = new AtomicReference<>();
    awaitOverview(
        api,
        "the twin agrees and nothing is found wrong",
        atMost,
        o -> {
          double now = o.getDouble("plantMs");
          Double began = isCalm(o) ? Objects.requireNonNullElse(since.get(), now) : null;
          since.set(began);
          return began != null && now - began >= LEARNT_MS;
        });
  }

  private static boolean isCalm(JsonObject overview) {
    JsonObject twin = overview.getJsonObject("twin");
    return twin != null
        && twin.getString("agreement").equals("AGREES")
        && twin.getString("workingHypothesis") == null
        && activeFindings(overview).findAny().isEmpty();
  }

  /** Waits for an overview that shows something. */
  public static JsonObject awaitOverview(
      Api api, String what, Duration atMost, Predicate<JsonObject> shows) {
    return Awaitility.await(what)
        .atMost(atMost)
        .pollInterval(POLL)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> api.get("/api/v1/overview"), shows);
  }

  /** Findings that go on. */
  public static Stream<JsonObject> activeFindings(JsonObject overview) {
    return objects(overview.getJsonArray("findings")).filter(f -> f.getBoolean("active"));
  }

  /** Waits for the one proposal there is to be put before people. */
  public static JsonObject awaitProposal(Api api, Duration atMost) {
    JsonObject summary =
        Awaitility.await("a proposal awaits approval")
            .atMost(atMost)
            .pollInterval(POLL)
            .ignoreExceptionsInstanceOf(IOException.class)
            .until(() -> waiting(api), Optional::isPresent)
            .orElseThrow();
    return awaitState(api, summary.getString("id"), "AWAITING_APPROVAL", Duration.ofSeconds(5));
  }

  private static Optional<JsonObject> waiting(Api api) throws IOException, InterruptedException {
    return objects(api.list("/api/v1/proposals"))
        .filter(p -> p.getJsonObject("state").getString("type").equals("AWAITING_APPROVAL"))
        .findFirst();
  }

  /** Waits for a state of a proposal; another state at its end is an error. */
  public static JsonObject awaitState(Api api, String id, String state, Duration atMost) {
    JsonObject proposal =
        Awaitility.await("proposal " + id + " becomes " + state)
            .atMost(atMost)
            .pollInterval(POLL)
            .ignoreExceptionsInstanceOf(IOException.class)
            .until(
                () -> api.get("/api/v1/proposals/" + id),
                p -> type(p).equals(state) || p.getJsonObject("state").getBoolean("terminal"));
    if (!type(proposal).equals(state)) {
      throw new AssertionError(
          "proposal " + id + " ended otherwise: " + proposal.getJsonObject("state").encode());
    }
    return proposal;
  }

  private static String type(JsonObject proposal) {
    return proposal.getJsonObject("state").getString("type");
  }

  /** The code of the cause that a diagnosis thinks likeliest, or its channel; empty for neither. */
  public static String leadingCause(JsonObject diagnosis) {
    JsonObject hypothesis =
        diagnosis.getJsonArray("causes").getJsonObject(0).getJsonObject("hypothesis");
    return hypothesis.getString("code", hypothesis.getString("channel", ""));
  }

  /** How likely a diagnosis thinks the cause with this code. */
  public static double probability(JsonObject diagnosis, String code) {
    return objects(diagnosis.getJsonArray("causes"))
        .filter(c -> code.equals(c.getJsonObject("hypothesis").getString("code")))
        .mapToDouble(c -> c.getDouble("probability"))
        .sum();
  }

  /** The objects of an array. */
  public static Stream<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast);
  }
}
