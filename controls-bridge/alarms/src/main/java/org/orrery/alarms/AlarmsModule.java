package org.orrery.alarms;

import io.vertx.core.Deployable;
import java.util.Optional;
import org.orrery.alarms.runtime.AlarmsVerticle;
import org.orrery.bus.RoomContext;
import org.orrery.store.Database;

/** Makes the alarm room. Stateless. */
public final class AlarmsModule {
  private AlarmsModule() {}

  /**
   * A verticle that annunciates. It needs neither broker nor database; with a database,
   * acknowledgements survive a restart and every transition is kept. Deploy one instance, on an
   * event loop.
   *
   * @param database the room's schema {@code alarms}, where there is a database
   */
  public static Deployable create(
      RoomContext room, AlarmsConfig config, Optional<Database> database) {
    return new AlarmsVerticle(room, config, database);
  }
}
