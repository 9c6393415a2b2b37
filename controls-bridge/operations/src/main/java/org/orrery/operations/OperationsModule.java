package org.orrery.operations;

import io.vertx.core.Deployable;
import java.util.Optional;
import org.orrery.bus.RoomContext;
import org.orrery.operations.runtime.OperationsVerticle;
import org.orrery.operations.runtime.snapshot.SnapshotVerticle;
import org.orrery.store.Database;

/** Makes the operations room. Stateless. */
public final class OperationsModule {
  private OperationsModule() {}

  /**
   * A verticle that knows run, mode, control and tag-outs. Control and tag-outs are on disk in the
   * room's folder before a request is answered, so they hold without a database too; where the disk
   * does not take them they hold all the same, and the answer says that a restart may lose them.
   * With a database, they and all runs are on record there. Deploy one instance, on an event loop.
   *
   * @param database the room's schema {@code operations}, where there is a database
   */
  public static Deployable create(
      RoomContext room, OperationsConfig config, Optional<Database> database) {
    return new OperationsVerticle(room, config, database);
  }

  /**
   * A verticle that saves, lists and compares snapshots; it shares nothing with the other but the
   * schema. Deploy one instance, on an event loop.
   *
   * @param database the room's schema {@code operations}
   */
  public static Deployable snapshots(RoomContext room, Database database) {
    return new SnapshotVerticle(room, database);
  }
}
