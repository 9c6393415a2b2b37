package org.orrery.lab.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Reckons delays from the events of the live stream. Not thread-safe.
 *
 * <p>A value carries its source time in plant time; each tick carries the plant time and the wall
 * time of one instant, {@code plantMs} and {@code wallMs}, and the factor between them. The source
 * time on the wall clock is therefore {@code wallMs - (plantMs - t) / factor}, and the delay is the
 * wall time of receipt minus that. Both ends read the clock of the same machine.
 *
 * <p>Only values whose source time is newer than the last one seen of the channel count: the first
 * of each channel and snapshots, which repeat old values, do not. A page is told at ticks, so a
 * value waits up to one of them; where a channel speaks more often than that, only its last value
 * before the tick is shown and counted.
 */
final class StreamDelay {
  private final ObjectMapper json = new ObjectMapper();
  private final Map<String, Double> seen = new HashMap<>();
  private final Percentiles sourceToPage = new Percentiles();
  private final Percentiles serverToPage = new Percentiles();
  private final Percentiles betweenTicks = new Percentiles();
  private double lastTickMs = Double.NaN;
  private double timeFactor = Double.NaN;
  private String version = "unknown";
  private final double countFromMs;
  private int ticks;

  /**
   * @param countFromMs wall time from which on events count, ms since the epoch: a client that has
   *     just started is slow itself
   */
  StreamDelay(double countFromMs) {
    this.countFromMs = countFromMs;
  }

  /**
   * Takes one event.
   *
   * @param event its kind
   * @param data its JSON
   * @param receivedMs when it was received, wall time, ms since the epoch
   * @throws IOException if the data is no JSON
   */
  void accept(String event, String data, double receivedMs) throws IOException {
    if (!event.equals("tick") && !event.equals("snapshot")) {
      return;
    }
    JsonNode node = json.readTree(data);
    double plantMs = node.path("plantMs").asDouble();
    double wallMs = node.path("wallMs").asDouble();
    timeFactor = node.path("timeFactor").asDouble();
    version = node.path("version").asText("unknown");
    boolean tick = event.equals("tick") && receivedMs >= countFromMs;
    for (Map.Entry<String, JsonNode> channel : node.path("channels").properties()) {
      double sourceMs = channel.getValue().path("t").asDouble();
      Double before = seen.put(channel.getKey(), sourceMs);
      if (tick && before != null && sourceMs > before) {
        sourceToPage.add(receivedMs - (wallMs - (plantMs - sourceMs) / timeFactor));
      }
    }
    if (tick) {
      ticks++;
      serverToPage.add(receivedMs - wallMs);
      if (!Double.isNaN(lastTickMs)) {
        betweenTicks.add(receivedMs - lastTickMs);
      }
      lastTickMs = receivedMs;
    }
  }

  int ticks() {
    return ticks;
  }

  double timeFactor() {
    return timeFactor;
  }

  String version() {
    return version;
  }

  Percentiles.Spread sourceToPage() {
    return sourceToPage.spread();
  }

  Percentiles.Spread serverToPage() {
    return serverToPage.spread();
  }

  Percentiles.Spread betweenTicks() {
    return betweenTicks.spread();
  }
}
