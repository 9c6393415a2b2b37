package org.orrery.bus.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoint;
import org.orrery.bus.Topic;
import org.orrery.bus.local.LocalBus;
import org.orrery.bus.wire.message.MessageCodec;
import org.orrery.contract.time.WallClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bus of one process among several. Within the process it is the local bus; beyond it, requests
 * go to the process that serves them, and live topics to every process that fits. A request that
 * was lost on the way, or whose answer was, fails as any other request does, which says nothing
 * about whether it was carried out; nothing is ever sent again. Thread-safe.
 */
public final class ClusterBus implements Bus {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterBus.class);
  private static final String REQUESTS = "orrery.request.";
  private static final String OWN = "own.";
  private static final String SHAPE = "shape";
  private static final String FROM = "from";
  private static final int REMOTE_FAILURE = 500;

  private final EventBus eventBus;
  private final LocalBus local;
  private final Identity self;
  private final LiveLinks links;
  private final Unanswered unanswered;
  private final Set<String> served = ConcurrentHashMap.newKeySet();

  private ClusterBus(
      EventBus eventBus, LocalBus local, Identity self, LiveLinks links, Unanswered unanswered) {
    this.unanswered = unanswered;
    this.eventBus = eventBus;
    this.local = local;
    this.self = self;
    this.links = links;
  }

  /**
   * Joins the others.
   *
   * @param vertx clustered, see {@link ClusteredVertx}
   * @param self who this process is
   * @param wallClock people's time
   * @param twice told, once this process should end because an older one runs a role of it; the
   *     text says which
   * @return fails with an {@link IllegalStateException} that says what to do, if this process does
   *     not fit to those that are there
   */
  public static Future<ClusterBus> join(
      Vertx vertx, Identity self, WallClock wallClock, Consumer<String> twice) {
    LocalBus local = new LocalBus(vertx);
    Unanswered unanswered = new Unanswered();
    LiveLinks links = new LiveLinks(vertx, local, self, wallClock, unanswered, twice);
    return links
        .open()
        .map(opened -> new ClusterBus(vertx.eventBus(), local, self, links, unanswered));
  }

  /** Digest of all that processes of this version say to each other. */
  public static String shape() {
    return EndpointTypes.shape();
  }

  @Override
  public <T> void publish(Topic<T> topic, T message) {
    local.publish(own(topic), message);
    local.publish(topic, message);
    links.publish(topic, message);
  }

  /**
   * Publishes what another process is the one to say, for as long as that cannot be heard: told to
   * whoever is there now and never said again, so that it does not outlive the other's own word.
   */
  public <T> void tellOnce(Topic<T> topic, T message) {
    local.publish(topic, message);
    links.tellOnce(topic, message);
  }

  /** Hands on what another process put into the log; it goes no further than this process. */
  public <T> void handOn(Topic<T> topic, T message) {
    if (links.newestAlarms().isNews(message)) {
      local.publish(topic, message);
    }
  }

  /**
   * Since when the present life of another process goes on, wall ns; empty where it is not there.
   *
   * @param name its roles, see {@link Identity#name()}
   */
  public OptionalLong aliveSinceNs(String name) {
    return links.aliveSinceNs(name);
  }

  @Override
  public <T> Subscription subscribe(Topic<T> topic, Consumer<? super T> handler) {
    return local.subscribe(topic, handler);
  }

  /** The same bus, on which only messages of this process itself are heard. */
  public Bus own() {
    return new Bus() {
      @Override
      public <T> void publish(Topic<T> topic, T message) {
        ClusterBus.this.publish(topic, message);
      }

      @Override
      public <T> Subscription subscribe(Topic<T> topic, Consumer<? super T> handler) {
        return local.subscribe(ClusterBus.own(topic), handler);
      }

      @Override
      public <Q, R> Future<R> request(Endpoint<Q, R> endpoint, Q request) {
        return ClusterBus.this.request(endpoint, request);
      }

      @Override
      public <Q, R> Subscription serve(Endpoint<Q, R> endpoint, Function<Q, Future<R>> handler) {
        return ClusterBus.this.serve(endpoint, handler);
      }
    };
  }

  private static <T> Topic<T> own(Topic<T> topic) {
    return new Topic<>(OWN + topic.address(), topic.type());
  }

  @Override
  public <Q, R> Future<R> request(Endpoint<Q, R> endpoint, Q request) {
    if (served.contains(endpoint.address())) {
      return local.request(endpoint, request);
    }
    EndpointTypes.Types types = EndpointTypes.of(endpoint);
    DeliveryOptions options =
        new DeliveryOptions()
            .setSendTimeout(endpoint.timeoutMs())
            .addHeader(SHAPE, self.shape())
            .addHeader(FROM, self.name());
    Buffer bytes = Buffer.buffer(MessageCodec.encode(types.request(), request));
    return unanswered.await(
        endpoint,
        () ->
            eventBus
                .<Buffer>request(REQUESTS + endpoint.address(), bytes, options)
                .map(message -> ClusterBus.<R>decode(types.reply(), message.body()))
                .recover(
                    failure ->
                        Future.failedFuture(UnavailableException.explain(endpoint, failure))));
  }

  @Override
  public <Q, R> Subscription serve(Endpoint<Q, R> endpoint, Function<Q, Future<R>> handler) {
    EndpointTypes.Types types = EndpointTypes.of(endpoint);
    Subscription inside = local.serve(endpoint, handler);
    served.add(endpoint.address());
    MessageConsumer<Buffer> outside =
        eventBus.consumer(
            REQUESTS + endpoint.address(), message -> answer(endpoint, types, handler, message));
    return () -> {
      served.remove(endpoint.address());
      inside.cancel();
      outside.unregister();
    };
  }

  private <Q, R> void answer(
      Endpoint<Q, R> endpoint,
      EndpointTypes.Types types,
      Function<Q, Future<R>> handler,
      Message<Buffer> message) {
    if (!self.shape().equals(message.headers().get(SHAPE))) {
      message.fail(
          REMOTE_FAILURE,
          "processes %s and %s run different versions; bring both to the same"
              .formatted(message.headers().get(FROM), self.name()));
      return;
    }
    Future<R> reply;
    try {
      reply = handler.apply(ClusterBus.<Q>decode(types.request(), message.body()));
    } catch (RuntimeException e) {
      reply = Future.failedFuture(e);
    }
    reply
        .map(body -> Buffer.buffer(MessageCodec.encode(types.reply(), body)))
        .onSuccess(message::reply)
        .onFailure(
            failure -> {
              LOG.warn("endpoint {} failed: {}", endpoint.address(), failure.toString());
              message.fail(REMOTE_FAILURE, String.valueOf(failure.getMessage()));
            });
  }

  /** The endpoint's declaration vouches for the type. */
  @SuppressWarnings("unchecked")
  private static <T> T decode(java.lang.reflect.Type type, Buffer bytes) {
    return (T) MessageCodec.decode(type, bytes.getBytes());
  }
}
