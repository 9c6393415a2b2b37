package org.orrery.twin;

import io.vertx.core.Deployable;
import org.orrery.bus.RoomContext;
import org.orrery.twin.runtime.TwinVerticle;

/** Makes the twin's room. Stateless. */
public final class TwinModule {
  private TwinModule() {}

  /**
   * A verticle that listens to the sample feed, publishes {@code TwinState} after every step and a
   * {@code Diagnosis} for every finding, and serves rehearsals and forecasts. Deploy one instance, on
   * an event loop. It needs neither broker nor database.
   */
  public static Deployable create(RoomContext room, TwinConfig config) {
    return new TwinVerticle(room, config);
  }
}
