package org.orrery.lab.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;

/**
 * Measures how long values take from their source to the page: listens to the live stream of a
 * running Orrery on this machine, as the page does. See {@link StreamDelay} for the method.
 * Stateless.
 */
public final class DelayBench {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** Left out at the beginning, while this program itself is still slow. */
  private static final long WARM_UP_MS = 5_000;

  private static final int PROGRESS_EVERY_EVENTS = 50;

  private DelayBench() {}

  /**
   * All of it; milliseconds of wall time.
   *
   * @param url where Orrery ran
   * @param seconds how long was listened, after five seconds that do not count
   * @param ticks ticks that came
   * @param timeFactor plant seconds per wall second
   * @param sourceToPage from the source time of a value to the receipt of the tick that shows it
   * @param serverToPage from the making of a tick to its receipt
   * @param betweenTicks time between ticks
   */
  public record Result(
      String url,
      int seconds,
      int ticks,
      double timeFactor,
      Percentiles.Spread sourceToPage,
      Percentiles.Spread serverToPage,
      Percentiles.Spread betweenTicks) {}

  /**
   * Listens.
   *
   * @param url where Orrery runs
   * @param seconds how long
   * @param progress takes a line about how far it is
   * @throws IOException if Orrery does not answer or the stream breaks off
   */
  public static Report run(URI url, int seconds, Consumer<String> progress)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build()) {
      String facility = get(client, url.resolve("/api/v1/facility"));
      HttpResponse<InputStream> stream =
          client.send(
              HttpRequest.newBuilder(url.resolve("/api/v1/stream"))
                  .header("Accept", "text/event-stream")
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
      if (stream.statusCode() != 200) {
        stream.body().close();
        throw new IOException(url + " answered " + stream.statusCode() + " to /api/v1/stream");
      }
      StreamDelay delay = new StreamDelay(nowMs() + WARM_UP_MS);
      listen(stream.body(), delay, WARM_UP_MS + seconds * 1_000L, progress);
      BenchProvenance provenance =
          BenchProvenance.now(delay.version(), facility, 0, BenchProvenance.sha256(facility));
      Result result =
          new Result(
              url.toString(),
              seconds,
              delay.ticks(),
              delay.timeFactor(),
              delay.sourceToPage(),
              delay.serverToPage(),
              delay.betweenTicks());
      return new Report(
          "delay", result.sourceToPage().count() > 0, provenance, result, lines(result));
    } catch (java.net.ConnectException e) {
      throw new IOException("no Orrery answers at " + url + "; start one, or give its --url", e);
    }
  }

  private static String get(HttpClient client, URI url) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(url).timeout(CONNECT).build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(url + " answered " + answer.statusCode());
    }
    return answer.body();
  }

  private static void listen(
      InputStream body, StreamDelay delay, long forMs, Consumer<String> progress)
      throws IOException {
    long until = System.nanoTime() + forMs * 1_000_000L;
    Timer end = new Timer("bench-delay-end", true);
    end.schedule(
        new TimerTask() {
          @Override
          public void run() {
            try {
              body.close(); // a stream that has fallen silent would never return
            } catch (IOException e) {
              progress.accept("the stream did not close: " + e.getMessage());
            }
          }
        },
        forMs + 2_000L);
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8), 1 << 16)) {
      String event = "";
      int events = 0;
      while (System.nanoTime() < until) {
        String line = reader.readLine();
        if (line == null) {
          throw new IOException("the stream ended after " + delay.ticks() + " ticks");
        }
        if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("data: ")) {
          delay.accept(event, line.substring(6), nowMs());
          if (++events % PROGRESS_EVERY_EVENTS == 0) {
            progress.accept("%d ticks".formatted(delay.ticks()));
          }
        }
      }
    } catch (IOException e) {
      if (System.nanoTime() < until || delay.ticks() == 0) {
        throw e;
      }
    } finally {
      end.cancel();
    }
  }

  private static double nowMs() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1e3 + now.getNano() * 1e-6;
  }

  private static List<String> lines(Result result) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d ticks in %d s at %s x real time; milliseconds of wall time"
            .formatted(result.ticks(), result.seconds(), result.timeFactor()));
    String row = "%-34s %8s %8s %8s %8s %8s %8s";
    lines.add(row.formatted("", "count", "min", "p50", "p90", "p99", "max"));
    lines.add(row(row, "source time to page", result.sourceToPage()));
    lines.add(row(row, "of which: tick made to page", result.serverToPage()));
    lines.add(row(row, "between ticks", result.betweenTicks()));
    if (result.sourceToPage().count() == 0) {
      lines.add("no value changed: is the control system up?");
    }
    return lines;
  }

  private static String row(String row, String name, Percentiles.Spread spread) {
    return row.formatted(
        name,
        "%,d".formatted(spread.count()),
        "%.1f".formatted(spread.min()),
        "%.1f".formatted(spread.p50()),
        "%.1f".formatted(spread.p90()),
        "%.1f".formatted(spread.p99()),
        "%.1f".formatted(spread.max()));
  }
}
