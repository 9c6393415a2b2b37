package org.orrery.bus.local;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoint;
import org.orrery.bus.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Topics and endpoints over the event bus of one Vert.x instance. Thread-safe. */
public final class LocalBus implements Bus {
  private static final Logger LOG = LoggerFactory.getLogger(LocalBus.class);
  private static final int REMOTE_FAILURE = 500;

  private final EventBus eventBus;
  private final DeliveryOptions publishing =
      new DeliveryOptions().setCodecName(IdentityCodec.NAME).setLocalOnly(true);

  /** Registers the codec; make one per Vert.x instance. */
  public LocalBus(Vertx vertx) {
    this.eventBus = vertx.eventBus();
    eventBus.registerCodec(new IdentityCodec());
  }

  @Override
  public <T> void publish(Topic<T> topic, T message) {
    eventBus.publish(topic.address(), message, publishing);
  }

  @Override
  public <T> Subscription subscribe(Topic<T> topic, Consumer<? super T> handler) {
    MessageConsumer<T> consumer =
        eventBus.localConsumer(
            topic.address(),
            message -> {
              try {
                handler.accept(message.body());
              } catch (RuntimeException e) {
                LOG.error("a subscriber of topic {} failed on one message", topic.address(), e);
              }
            });
    return consumer::unregister;
  }

  @Override
  public <Q, R> Future<R> request(Endpoint<Q, R> endpoint, Q request) {
    DeliveryOptions options =
        new DeliveryOptions()
            .setCodecName(IdentityCodec.NAME)
            .setLocalOnly(true)
            .setSendTimeout(endpoint.timeoutMs());
    return eventBus
        .<R>request(endpoint.address(), request, options)
        .map(message -> message.body())
        .recover(failure -> Future.failedFuture(UnavailableException.explain(endpoint, failure)));
  }

  @Override
  public <Q, R> Subscription serve(Endpoint<Q, R> endpoint, Function<Q, Future<R>> handler) {
    MessageConsumer<Q> consumer =
        eventBus.localConsumer(
            endpoint.address(),
            message -> {
              Future<R> reply;
              try {
                reply = handler.apply(message.body());
              } catch (RuntimeException e) {
                reply = Future.failedFuture(e);
              }
              reply
                  .onSuccess(body -> message.reply(body, publishing))
                  .onFailure(
                      failure -> {
                        LOG.warn("endpoint {} failed: {}", endpoint.address(), failure.toString());
                        message.fail(REMOTE_FAILURE, String.valueOf(failure.getMessage()));
                      });
            });
    return consumer::unregister;
  }
}
