package org.orrery.archive;

import io.vertx.core.Deployable;
import java.util.List;
import org.orrery.archive.core.Retention;
import org.orrery.archive.runtime.ArchiveVerticle;
import org.orrery.archive.runtime.SampleStore;
import org.orrery.archive.runtime.putlog.PutLogVerticle;
import org.orrery.bus.RoomContext;
import org.orrery.bus.kafka.KafkaConfig;
import org.orrery.contract.history.Backfill;
import org.orrery.contract.history.History;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.history.Page;
import org.orrery.contract.history.PageQuery;
import org.orrery.contract.sample.Sample;
import org.orrery.store.Store;

/** Makes the archive. Stateless. */
public final class ArchiveModule {
  private ArchiveModule() {}

  /**
   * The archive of one facility, to be deployed once on an event loop; its I/O runs on threads of
   * its own. It starts without Kafka and without the database and goes on when they come: nothing
   * is lost meanwhile, because the place in the log moves only in the transaction that stores the
   * samples before it.
   *
   * @param context what every room is handed
   * @param store the database
   * @param config where samples come from
   */
  public static Deployable create(RoomContext context, Store store, ArchiveConfig config) {
    return new ArchiveVerticle(context, store.room("archive"), config);
  }

  /**
   * The same store without the log before it, for measurements. Every method blocks, and fails with
   * a {@link org.orrery.store.DatabaseException}. Thread-safe.
   */
  public interface Direct {
    /**
     * Stores samples, and moves the place of the named source on by their number, in one
     * transaction.
     *
     * @return how many were new
     */
    int store(String source, List<Sample> samples);

    /** How many samples of the named source were stored. */
    long stored(String source);

    /** Answers a question about the past. */
    History read(HistoryQuery query);

    /** Gives stored samples. */
    Page page(PageQuery query);

    /** Takes in what another archive knows. */
    Backfill.Done backfill(Backfill backfill);

    /** Drops what is too old at this plant time, ns. */
    void forget(long nowNs);

    /** The engine beneath, for example {@code PostgreSQL}. */
    String engine();
  }

  /**
   * Opens the store.
   *
   * @param store the database
   * @param retention how long raw samples are kept
   */
  public static Direct direct(Store store, Retention retention) {
    return new SampleStore(store.room("archive"), retention);
  }

  /**
   * The put log of one facility, in the archive's schema: every write of the gate from Kafka into a
   * table, and back to whoever asks. Deploy one, on an event loop. It starts without Kafka and
   * without the database and goes on when they come; nothing is lost meanwhile.
   *
   * @param kafka where the gateway brings its journal
   */
  public static Deployable putLog(RoomContext context, Store store, KafkaConfig kafka) {
    return new PutLogVerticle(context, store.room("archive"), kafka);
  }
}
