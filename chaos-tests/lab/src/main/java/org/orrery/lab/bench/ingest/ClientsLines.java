package org.orrery.lab.bench.ingest;

import java.util.ArrayList;
import java.util.List;

/** The figures of the clients' benchmark for people. Stateless. */
final class ClientsLines {
  private ClientsLines() {}

  static List<String> of(ClientsBench.Result result) {
    ClientsBench.Settings settings = result.settings();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%,d PVs, %,d updates a second of all together, %,d s for each client"
            .formatted(settings.channels(), settings.rate(), settings.seconds()));
    for (ClientsBench.Turn turn : result.turns()) {
      lines.add(turn.client());
      lines.add("  all connected after %.1f s".formatted(turn.connectSeconds()));
      lines.add(
          "  %,d posted, %,d received, %,d missing; %,d merged by the server, %,d overruns marked"
              .formatted(
                  turn.posted(),
                  turn.received(),
                  turn.missing(),
                  turn.mergedByServer(),
                  turn.overruns()));
      lines.add(
          "  %,d unaccounted, %,d repeated, %,d disconnections"
              .formatted(turn.unaccounted(), turn.repeated(), turn.disconnects()));
      lines.add(
          "  delay p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms"
              .formatted(turn.p50Ms(), turn.p99Ms(), turn.p999Ms()));
      lines.add(
          "  %.2f cores in the client's process, %.2f in the server's; heap %,d MiB at the begin,"
                  .formatted(turn.clientCores(), turn.serverCores(), turn.heapBeginMebibytes())
              + " %,d MiB at the end".formatted(turn.heapEndMebibytes()));
      lines.add(
          turn.bestPerSecond() == 0
              ? "  no higher rate was kept up with nothing left out"
              : "  highest rate tried that was kept up with nothing left out: %,d/s"
                  .formatted(turn.bestPerSecond()));
    }
    for (String name : result.leftOut()) {
      lines.add(name + " is not in this build and was left out; mvn -Pcore-pva adds core-pva");
    }
    return lines;
  }
}
