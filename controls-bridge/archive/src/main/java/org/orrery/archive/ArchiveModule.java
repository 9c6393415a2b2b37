package org.orrery.archive;

import io.vertx.core.Deployable;
import org.orrery.archive.runtime.ArchiveVerticle;
import org.orrery.archive.runtime.putlog.PutLogVerticle;
import org.orrery.bus.RoomContext;
import org.orrery.bus.kafka.KafkaConfig;
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
