package org.orrery.archive.runtime;

import java.util.List;
import java.util.Map;
import org.orrery.archive.ArchiveModule;
import org.orrery.archive.core.Lateness;
import org.orrery.archive.core.Retention;
import org.orrery.archive.runtime.log.LogPositions;
import org.orrery.contract.history.Backfill;
import org.orrery.contract.history.History;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.history.Page;
import org.orrery.contract.history.PageQuery;
import org.orrery.contract.sample.Sample;
import org.orrery.store.Database;

/** The parts of the store in one hand. Thread-safe: writing waits for writing. */
public final class SampleStore implements ArchiveModule.Direct {
  private static final String CLUSTER = "direct";

  private final Database database;
  private final Engines engines;
  private final SampleWriter writer;
  private final HistoryReader reader;
  private final RawRetention retention;
  private final Lateness lateness = new Lateness();

  /**
   * Opens the store; touches nothing yet.
   *
   * @param database the archive's schema
   * @param keep how long raw samples are kept
   */
  public SampleStore(Database database, Retention keep) {
    this.database = database;
    ChannelNumbers numbers = new ChannelNumbers(database, keep::groupOf);
    this.engines = new Engines(database, numbers);
    this.writer = new SampleWriter(database, numbers, engines);
    this.reader = new HistoryReader(database, numbers);
    this.retention = new RawRetention(database, engines, keep);
  }

  @Override
  public synchronized int store(String source, List<Sample> samples) {
    LogPositions positions = new LogPositions(database, CLUSTER, source);
    long at = positions.load(Map.of(0, 0L)).getOrDefault(0, 0L);
    Batch batch = new Batch();
    samples.forEach(sample -> batch.add(sample, lateness.isLate(sample)));
    batch.cover(0, new LogPositions.Span(at, at + samples.size()));
    return writer.write(batch, positions);
  }

  @Override
  public long stored(String source) {
    return new LogPositions(database, CLUSTER, source).load(Map.of(0, 0L)).getOrDefault(0, 0L);
  }

  @Override
  public History read(HistoryQuery query) {
    return reader.read(query);
  }

  @Override
  public Page page(PageQuery query) {
    return reader.page(query);
  }

  @Override
  public synchronized Backfill.Done backfill(Backfill backfill) {
    return writer.backfill(backfill);
  }

  @Override
  public synchronized void forget(long nowNs) {
    retention.enforce(nowNs);
  }

  @Override
  public String engine() {
    return engines.get().name();
  }
}
