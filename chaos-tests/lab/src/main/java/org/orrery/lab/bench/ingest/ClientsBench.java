package org.orrery.lab.bench.ingest;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.epics.client.PvClientSettings;
import org.orrery.epics.client.PvReader;
import org.orrery.epics.client.PvReaders;
import org.orrery.epics.client.PvaOptions;
import org.orrery.lab.bench.BenchProvenance;
import org.orrery.lab.bench.Report;

/**
 * The pvAccess clients side by side: each takes the same load from our server in a process of its
 * own, in turn, then as much as it can. Stateless.
 */
public final class ClientsBench {
  private static final long CONNECT_WITHIN_S = 600;
  private static final long SETTLE_WITHIN_S = 30;
  private static final int LOOK_EVERY_S = 30;
  private static final int TRIAL_S = 8;
  private static final int MOST_TRIALS = 10;
  private static final double GROWTH = 1.5;
  private static final double KEPT_UP = 0.98;

  private ClientsBench() {}

  /**
   * What is measured.
   *
   * @param channels how many PVs
   * @param rate updates a second of all PVs together
   * @param seconds how long each client takes them, in each round
   * @param rounds how often each client has its turn
   * @param clients the clients by name; empty for all that are known
   */
  public record Settings(int channels, int rate, int seconds, int rounds, List<String> clients) {
    public Settings {
      clients = List.copyOf(clients);
    }
  }

  /**
   * One turn of one client.
   *
   * @param client its name
   * @param connectSeconds from the first subscription until every PV is connected
   * @param posted updates made by the server
   * @param mergedByServer of these, merged by the server for this client
   * @param received updates that the client handed on
   * @param overruns of these, marked as merged with lost ones
   * @param missing updates that were posted and never handed on, by the gaps in each PV's numbers
   * @param unaccounted of these, without a mark and without a disconnection; and PVs that do not
   *     show their last update in the end
   * @param repeated updates that were handed on twice or out of order
   * @param disconnects how often a PV lost its connection
   * @param p50Ms delay from posting to the listener that half of all updates do not exceed, ms
   * @param p99Ms the same for 99 in 100
   * @param p999Ms the same for 999 in 1,000
   * @param clientCores CPU time of the client's process by wall time
   * @param serverCores the same of the server's process
   * @param heapBeginMebibytes heap in use once connected, after a collection
   * @param heapEndMebibytes the same at the end
   * @param bestPerSecond the highest rate tried that was kept up with nothing left out; 0 for none
   */
  public record Turn(
      String client,
      double connectSeconds,
      long posted,
      long mergedByServer,
      long received,
      long overruns,
      long missing,
      long unaccounted,
      long repeated,
      long disconnects,
      double p50Ms,
      double p99Ms,
      double p999Ms,
      double clientCores,
      double serverCores,
      long heapBeginMebibytes,
      long heapEndMebibytes,
      long bestPerSecond) {}

  /** All of it. */
  public record Result(Settings settings, List<Turn> turns, List<String> leftOut) {
    public Result {
      turns = List.copyOf(turns);
      leftOut = List.copyOf(leftOut);
    }
  }

  /**
   * Runs the benchmark.
   *
   * @param version of the running code
   * @param progress told what is being done
   * @throws IOException if the server does not start, or not all PVs connect
   */
  public static Report run(Settings settings, String version, Consumer<String> progress)
      throws IOException, InterruptedException {
    BenchProvenance provenance = BenchProvenance.now(version, settings.toString(), 0, "");
    Set<String> there = PvReaders.available();
    List<String> wanted =
        settings.clients().isEmpty()
            ? List.of(PvaOptions.EPICS_CORE, PvaOptions.CORE_PVA)
            : settings.clients();
    List<Turn> turns = new ArrayList<>();
    for (int round = 0; round < settings.rounds(); round++) {
      for (String client : wanted) {
        if (there.contains(client)) {
          turns.add(turn(client, settings, progress));
        }
      }
    }
    List<String> leftOut = wanted.stream().filter(name -> !there.contains(name)).toList();
    boolean passed = turns.stream().allMatch(turn -> turn.unaccounted() + turn.repeated() == 0);
    Result result = new Result(settings, turns, leftOut);
    return new Report("clients", passed, provenance, result, ClientsLines.of(result));
  }

  private static Turn turn(String client, Settings settings, Consumer<String> progress)
      throws IOException, InterruptedException {
    SystemWallClock clock = new SystemWallClock();
    ClientsTally tally = new ClientsTally(settings.channels(), clock);
    try (ClientsSource source = ClientsSource.start(settings.channels());
        PvReader reader =
            PvReaders.open(
                PvClientSettings.of(source.searchAddress()).with(PvaOptions.of(client)))) {
      double connectSeconds = connect(source, reader, tally, settings.channels());
      progress.accept(
          "%s: %,d PVs connected after %.1f s"
              .formatted(client, settings.channels(), connectSeconds));
      long heapBegin = heap();
      long cpuBegin = cpu();
      long serverCpuBegin = source.cpu().toNanos();
      long beginNs = System.nanoTime();
      long posted = 0;
      long merged = 0;
      for (int left = settings.seconds(); left > 0; left -= LOOK_EVERY_S) {
        ClientsSource.Ran ran = source.run(settings.rate(), Math.min(left, LOOK_EVERY_S));
        posted += ran.posted();
        merged = ran.merged();
        progress.accept(
            "%s: %,d posted, %,d received, %,d missing"
                .formatted(client, posted, tally.received.sum(), tally.missing.sum()));
      }
      double wallNs = System.nanoTime() - beginNs;
      double clientCores = (cpu() - cpuBegin) / wallNs;
      double serverCores = (source.cpu().toNanos() - serverCpuBegin) / wallNs;
      int behind = settle(tally, posted);
      Turn turn =
          new Turn(
              client,
              connectSeconds,
              posted,
              merged,
              tally.received.sum(),
              tally.overruns.sum(),
              tally.missing.sum(),
              tally.unmarked.sum() + behind,
              tally.repeated.sum(),
              tally.disconnects.sum(),
              tally.delays.atMs(0.5),
              tally.delays.atMs(0.99),
              tally.delays.atMs(0.999),
              clientCores,
              serverCores,
              heapBegin,
              heap(),
              0);
      return withBest(turn, best(client, settings.rate(), source, tally, posted, progress));
    }
  }

  private static double connect(
      ClientsSource source, PvReader reader, ClientsTally tally, int channels)
      throws IOException, InterruptedException {
    long startNs = System.nanoTime();
    for (int i = 0; i < channels; i++) {
      var unused = reader.subscribe(IngestSource.pv(i), tally.listener(i));
    }
    while (tally.connected() < channels) {
      boolean late = System.nanoTime() - startNs > TimeUnit.SECONDS.toNanos(CONNECT_WITHIN_S);
      if (late || !source.isAlive()) {
        throw new IOException(
            "only %,d of %,d PVs connected %s"
                .formatted(
                    tally.connected(),
                    channels,
                    late ? "within " + CONNECT_WITHIN_S + " s" : "before the server died"));
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return (System.nanoTime() - startNs) * 1e-9;
  }

  /** Waits until every PV shows its last update; returns how many do not. */
  private static int settle(ClientsTally tally, long posted) throws InterruptedException {
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_WITHIN_S);
    int behind = tally.behind(posted);
    while (behind > 0 && System.nanoTime() < deadlineNs) {
      TimeUnit.MILLISECONDS.sleep(100);
      behind = tally.behind(posted);
    }
    return behind;
  }

  /** Raises the rate until something is left out. */
  private static long best(
      String client,
      int rate,
      ClientsSource source,
      ClientsTally tally,
      long postedBefore,
      Consumer<String> progress)
      throws IOException, InterruptedException {
    long posted = postedBefore;
    long best = 0;
    double next = rate;
    for (int trial = 0; trial < MOST_TRIALS; trial++) {
      tally.reset();
      ClientsSource.Ran ran = source.run((int) next, TRIAL_S);
      posted += ran.posted();
      int behind = settle(tally, posted);
      boolean kept =
          ran.posted() >= KEPT_UP * next * TRIAL_S
              && tally.missing.sum() + tally.disconnects.sum() + behind == 0;
      progress.accept(
          "%s: %,.0f/s asked, %,d/s posted, %,d missing%s"
              .formatted(
                  client,
                  next,
                  ran.posted() / TRIAL_S,
                  tally.missing.sum(),
                  kept ? "" : ": too much"));
      if (!kept) {
        break;
      }
      best = ran.posted() / TRIAL_S;
      next *= GROWTH;
    }
    return best;
  }

  private static Turn withBest(Turn turn, long best) {
    return new Turn(
        turn.client(),
        turn.connectSeconds(),
        turn.posted(),
        turn.mergedByServer(),
        turn.received(),
        turn.overruns(),
        turn.missing(),
        turn.unaccounted(),
        turn.repeated(),
        turn.disconnects(),
        turn.p50Ms(),
        turn.p99Ms(),
        turn.p999Ms(),
        turn.clientCores(),
        turn.serverCores(),
        turn.heapBeginMebibytes(),
        turn.heapEndMebibytes(),
        best);
  }

  private static long cpu() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
  }
}
