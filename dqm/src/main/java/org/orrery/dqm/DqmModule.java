package org.orrery.dqm;

import io.vertx.core.Deployable;
import org.orrery.bus.RoomContext;
import org.orrery.dqm.runtime.DqmVerticle;

/** Makes the data quality room. Stateless. */
public final class DqmModule {
  private DqmModule() {}

  /**
   * A verticle that turns the twin's innovations into findings. Deploy one instance, on an event
   * loop.
   */
  public static Deployable create(RoomContext room, DqmConfig config) {
    return new DqmVerticle(room, config);
  }
}
