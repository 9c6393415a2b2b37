package org.orrery.gateway.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.data.DqmHistogram;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;
import org.orrery.epics.PvGrid;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.PvUpdate;
import org.orrery.epics.client.PvListener;
import org.orrery.epics.client.PvReader;

/**
 * Reads a monitor's histograms and tells each one once. Beside its list of histograms ({@code
 * …:CATALOGUE}, lines of PV and id) the monitor serves {@code …:RUN}, {@code …:EXPOSURE}, {@code
 * …:INTERVAL} and {@code …:CONDITIONS}; they belong to the histograms of the same time stamp, and a
 * histogram waits for them. Thread-safe: its callbacks come from the reader's threads.
 */
final class HistogramReader {
  private static final String CATALOGUE = "CATALOGUE";
  private static final String INTERVAL = "INTERVAL";
  private static final List<String> FACTS = List.of("RUN", "EXPOSURE", INTERVAL, "CONDITIONS");
  private static final double NANOS_PER_SECOND = 1e9;

  /** Intervals whose facts are kept for histograms that come late. */
  private static final int KEPT_INTERVALS = 4;

  private final PvReader reader;
  private final String prefix;
  private final Consumer<DqmHistogram> told;

  /**
   * By time stamp, in the order in which they came: a clock that ran ahead is set back some day.
   */
  private final LinkedHashMap<Long, Map<String, Value>> facts = new LinkedHashMap<>();

  private final Map<String, Read> reads = new HashMap<>();
  private long intervalNs;
  private long lastNs;

  /** One histogram: what waits for its facts, what was told last, and how many never were. */
  private static final class Read {
    private @Nullable PvMetadata metadata;
    private @Nullable PvUpdate waiting;
    private long toldNs = Long.MIN_VALUE;
    private long lost;
    private boolean connected;
  }

  /**
   * @param prefix what the names of the monitor's facts begin with, for example {@code
   *     LAR:DQM:INFO:}
   * @param told takes each histogram; called on the reader's threads, one call at a time
   */
  HistogramReader(PvReader reader, String prefix, Consumer<DqmHistogram> told) {
    this.reader = reader;
    this.prefix = prefix;
    this.told = told;
  }

  /** Begins; goes on until the reader is closed. */
  void open() {
    for (String name : FACTS) {
      reader.subscribe(prefix + name, onUpdate(update -> fact(name, update)));
    }
    reader.subscribe(prefix + CATALOGUE, onUpdate(update -> list(update.value().display())));
  }

  private static PvListener onUpdate(Consumer<PvUpdate> update) {
    return new Listener(metadata -> {}, () -> {}, update);
  }

  private void list(String lines) {
    List<String> fresh = new ArrayList<>();
    synchronized (this) {
      for (String line : lines.lines().toList()) {
        String[] words = line.split(" ", 2);
        if (words.length == 2 && reads.putIfAbsent(words[1], new Read()) == null) {
          fresh.add(line);
        }
      }
    }
    for (String line : fresh) {
      String[] words = line.split(" ", 2);
      reader.subscribe(
          words[0],
          new Listener(
              metadata -> described(words[1], metadata),
              () -> gone(words[1]),
              update -> came(words[1], update)));
    }
  }

  private synchronized void described(String id, PvMetadata metadata) {
    Read read = read(id);
    read.metadata = metadata;
    read.connected = true;
  }

  private synchronized void gone(String id) {
    read(id).connected = false;
  }

  /** How the reading goes. */
  synchronized HistogramStanding standing() {
    int connected = 0;
    for (Read read : reads.values()) {
      connected += read.connected ? 1 : 0;
    }
    return new HistogramStanding(reads.size(), connected, lastNs, intervalNs);
  }

  private synchronized void came(String id, PvUpdate update) {
    Read read = read(id);
    if (update.severity() == Severity.INVALID || update.timeNs() == read.toldNs) {
      return; // it comes again with a connection; earlier ones come when a clock was set back
    }
    read.lost += update.lostBefore() + (read.waiting == null ? 0 : 1);
    read.waiting = update;
    tell(id, read);
  }

  private synchronized void fact(String name, PvUpdate update) {
    if (name.equals(INTERVAL)) {
      intervalNs = Math.round(update.value().asDouble().orElse(0) * NANOS_PER_SECOND);
    }
    facts.computeIfAbsent(update.timeNs(), time -> new HashMap<>()).put(name, update.value());
    while (facts.size() > KEPT_INTERVALS) {
      facts.pollFirstEntry();
    }
    reads.forEach(this::tell);
  }

  private Read read(String id) {
    return reads.computeIfAbsent(id, unknown -> new Read());
  }

  private void tell(String id, Read read) {
    PvUpdate update = read.waiting;
    PvMetadata metadata = read.metadata;
    if (update == null || metadata == null) {
      return;
    }
    Map<String, Value> known = facts.getOrDefault(update.timeNs(), Map.of());
    if (!known.keySet().containsAll(FACTS)) {
      return;
    }
    Optional<DqmHistogram> histogram = histogram(id, metadata, update, known, read.lost);
    read.waiting = null;
    read.toldNs = update.timeNs();
    lastNs = update.timeNs();
    read.lost = 0;
    histogram.ifPresent(told);
  }

  private static double number(Map<String, Value> facts, String name) {
    return facts.getOrDefault(name, Value.of(Double.NaN)).asDouble().orElse(Double.NaN);
  }

  private static Optional<DqmHistogram> histogram(
      String id, PvMetadata metadata, PvUpdate update, Map<String, Value> facts, long lost) {
    DoubleArrayValue edges;
    DoubleArrayValue contents;
    if (update.value() instanceof HistogramValue histogram) {
      edges = histogram.edges();
      contents = histogram.contents();
    } else if (update.value() instanceof DoubleArrayValue map
        && metadata.grid().filter(grid -> grid.nx() * grid.ny() == map.size()).isPresent()) {
      edges = metadata.grid().get().xEdges();
      contents = map;
    } else {
      return Optional.empty();
    }
    return Optional.of(
        new DqmHistogram(
            id,
            update.timeNs() - Math.round(number(facts, INTERVAL) * NANOS_PER_SECOND),
            update.timeNs(),
            metadata.egu(),
            edges,
            metadata.grid().map(PvGrid::yEdges),
            contents,
            number(facts, "EXPOSURE"),
            (long) number(facts, "RUN"),
            facts.getOrDefault("CONDITIONS", Value.of("")).display(),
            lost));
  }

  private record Listener(
      Consumer<PvMetadata> described, Runnable disconnected, Consumer<PvUpdate> updated)
      implements PvListener {
    @Override
    public void onConnected(PvMetadata metadata) {
      described.accept(metadata);
    }

    @Override
    public void onMetadataChanged(PvMetadata metadata) {
      described.accept(metadata);
    }

    @Override
    public void onDisconnected() {
      disconnected.run();
    }

    @Override
    public void onUpdate(PvUpdate update) {
      updated.accept(update);
    }
  }
}
