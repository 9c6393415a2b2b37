package org.orrery.app.run;

import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.contract.health.RoomHealth;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deploys rooms one after the other.
 *
 * @param vertx runs them
 * @param context where the failure of one is told
 */
record Deployment(Vertx vertx, RoomContext context) {
  private static final Logger LOG = LoggerFactory.getLogger(Deployment.class);
  private static final int DEPLOY_SECONDS = 30;

  /** Deploys a room; where it is not essential, its failure is told and the rest goes on. */
  void room(Rooms.Room room) throws ExecutionException, TimeoutException, InterruptedException {
    try {
      verticle(room.deployable());
    } catch (ExecutionException | TimeoutException e) {
      if (room.essential()) {
        throw e;
      }
      LOG.error("{} did not start: it is down, the rest goes on", room.name(), e);
      context
          .bus()
          .publish(
              Topics.ROOM_HEALTH,
              new RoomHealth(
                  room.name(),
                  RoomHealth.Status.DOWN,
                  "did not start; see the log and start Orrery again",
                  context.wallClock().nowNs()));
    }
  }

  /** Deploys what must start. */
  void verticle(Deployable verticle)
      throws ExecutionException, TimeoutException, InterruptedException {
    vertx
        .deployVerticle(verticle)
        .toCompletionStage()
        .toCompletableFuture()
        .get(DEPLOY_SECONDS, TimeUnit.SECONDS);
  }
}
