package org.orrery.alarms.runtime;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.alarm.Alarm;
import org.orrery.store.DatabaseException;
import org.orrery.store.DatabaseUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads what alarms were before, then writes behind; one such call is under way at a time. Belongs
 * to the verticle's context.
 */
final class WriteBehind {
  private static final Logger LOG = LoggerFactory.getLogger(WriteBehind.class);

  private final Vertx vertx;
  private final AlarmMemory memory;
  private final Consumer<List<Alarm>> loadedBefore;
  private final Consumer<String> trouble;
  private String forgetting = "";
  private boolean loaded;
  private @Nullable Future<?> underWay;

  /**
   * @param loadedBefore takes the alarms that were not normal, once
   * @param trouble takes what is wrong, empty where nothing is any more
   */
  WriteBehind(
      Vertx vertx,
      AlarmMemory memory,
      Consumer<List<Alarm>> loadedBefore,
      Consumer<String> trouble) {
    this.vertx = vertx;
    this.memory = memory;
    this.loadedBefore = loadedBefore;
    this.trouble = trouble;
  }

  void work() {
    if (underWay != null) {
      return;
    }
    Future<?> work =
        loaded
            ? vertx.executeBlocking(memory::flush, false)
            : vertx.executeBlocking(memory::load, false).onSuccess(this::onLoaded);
    underWay = work;
    work.onComplete(
        done -> {
          underWay = null;
          if (done.succeeded()) {
            say("");
          } else {
            complain(done.cause());
          }
        });
  }

  /** Writes what waits; what cannot be written now is lost with this process, and found anew. */
  Future<?> stop() {
    Future<?> last = underWay;
    Future<?> settled =
        last == null ? Future.succeededFuture() : last.transform(done -> Future.succeededFuture());
    return settled.compose(
        done ->
            loaded
                ? vertx
                    .executeBlocking(memory::flush)
                    .transform(written -> Future.succeededFuture())
                : Future.succeededFuture());
  }

  private void onLoaded(List<Alarm> alarms) {
    loaded = true;
    loadedBefore.accept(alarms);
    if (!alarms.isEmpty()) {
      LOG.info("{} alarms remembered from before", alarms.size());
    }
  }

  private void complain(Throwable failure) {
    switch (failure) {
      case DatabaseUnavailableException e ->
          say("Alarms work, but acknowledgements are not written down: no database");
      case DatabaseException e -> {
        if (forgetting.isEmpty()) {
          LOG.error("the database refused what alarms remember: {}", e.getMessage());
        }
        say("Alarms work, but the database refuses what they remember");
      }
      default -> {
        LOG.error("remembering alarms failed", failure);
        say("Alarms work, but remembering them failed");
      }
    }
  }

  private void say(String what) {
    if (!what.equals(forgetting)) {
      forgetting = what;
      LOG.info("alarms {}", what.isEmpty() ? "are remembered" : "degraded: " + what);
      trouble.accept(what);
    }
  }
}
