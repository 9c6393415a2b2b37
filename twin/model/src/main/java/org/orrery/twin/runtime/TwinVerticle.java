package org.orrery.twin.runtime;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import org.jspecify.annotations.Nullable;
import org.orrery.bus.RoomContext;
import org.orrery.twin.TwinConfig;

/** Opens and closes the room. */
public final class TwinVerticle extends VerticleBase {
  private final RoomContext room;
  private final TwinConfig config;
  private final DiagnosisDesk desk;
  private @Nullable TwinService service;

  /** See {@link org.orrery.twin.TwinModule#create}. */
  public TwinVerticle(RoomContext room, TwinConfig config) {
    this(room, config, new DiagnosisDesk());
  }

  TwinVerticle(RoomContext room, TwinConfig config, DiagnosisDesk desk) {
    this.room = room;
    this.config = config;
    this.desk = desk;
  }

  @Override
  public Future<?> start() {
    service = new TwinService(vertx, room, config, desk);
    service.open();
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    return service == null ? Future.succeededFuture() : service.close();
  }
}
