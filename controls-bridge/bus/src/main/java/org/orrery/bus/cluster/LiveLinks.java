package org.orrery.bus.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.orrery.bus.Topic;
import org.orrery.bus.Topics;
import org.orrery.bus.local.LocalBus;
import org.orrery.bus.wire.WireException;
import org.orrery.bus.wire.message.MessageCodec;
import org.orrery.contract.health.ProcessAway;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.time.WallClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says who this process is, hears who the others are, and carries live topics to and from them.
 * Whoever joins, or missed a message, is told every state again. Thread-safe.
 */
final class LiveLinks implements Peers.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(LiveLinks.class);
  private static final String PRESENCE = "orrery.presence";
  private static final String TOPICS = "orrery.topics.";
  private static final String TOPIC = "topic";
  private static final String SHAPE = "shape";
  private static final String FROM = "from";
  private static final String NODE = "node";
  private static final String NUMBER = "number";
  private static final long SAY_MS = 2_000;

  /** How long a joining process waits for others to say who they are, wall ms. */
  private static final long LOOK_ROUND_MS = 2_000;

  private final Vertx vertx;
  private final EventBus eventBus;
  private final LocalBus local;
  private final Identity self;
  private final WallClock wallClock;
  private final Consumer<String> twice;
  private final Peers peers;
  private final Map<String, Retained> retained = new ConcurrentHashMap<>();
  private final Map<String, Link> links = new ConcurrentHashMap<>();
  private final Membership membership;
  private final NewestAlarms newestAlarms = new NewestAlarms();
  private final Unanswered unanswered;
  private final AtomicReference<@Nullable String> misfit = new AtomicReference<>();
  private volatile boolean joined;

  LiveLinks(
      Vertx vertx,
      LocalBus local,
      Identity self,
      WallClock wallClock,
      Unanswered unanswered,
      Consumer<String> twice) {
    this.unanswered = unanswered;
    this.wallClock = wallClock;
    this.vertx = vertx;
    this.eventBus = vertx.eventBus();
    this.local = local;
    this.self = self;
    this.twice = twice;
    this.peers = new Peers(self, this);
    this.membership = new Membership(vertx, peers::gone);
    LiveTopics.addresses().forEach(address -> retained.put(address, new Retained()));
  }

  /** Fails where an older process is there that this one does not fit to. */
  Future<Void> open() {
    MessageConsumer<JsonObject> presence = eventBus.consumer(PRESENCE, m -> heard(m.body()));
    MessageConsumer<Buffer> topics = eventBus.consumer(TOPICS + self.id(), this::came);
    Promise<Void> lookedRound = Promise.promise();
    return Future.all(presence.completion(), topics.completion())
        .compose(
            registered -> {
              say(null);
              vertx.setPeriodic(
                  SAY_MS,
                  timer -> {
                    say(null);
                    peers.tick(System.nanoTime());
                  });
              vertx.setTimer(LOOK_ROUND_MS, timer -> lookedRound.tryComplete());
              return lookedRound.future();
            })
        .compose(
            looked -> {
              joined = true;
              String why = misfit.get();
              return why == null
                  ? Future.succeededFuture()
                  : Future.failedFuture(new IllegalStateException(why));
            });
  }

  /**
   * Says who we are and how much was sent to each.
   *
   * @param again who is asked to say its states again
   */
  private void say(@Nullable String again) {
    JsonObject sent = new JsonObject();
    links.forEach((id, link) -> sent.put(id, link.sent()));
    JsonObject presence = self.toJson().put("sent", sent).put(NODE, membership.node());
    if (again != null) {
      presence.put("again", new JsonArray().add(again));
    }
    eventBus.publish(PRESENCE, presence);
  }

  private void heard(JsonObject presence) {
    Identity peer = Identity.fromJson(presence);
    peers.heard(peer, System.nanoTime());
    membership.is(peer.id(), presence.getString(NODE, ""));
    if (!peers.isPresent(peer.id())) {
      return;
    }
    if (presence.getJsonArray("again", new JsonArray()).contains(self.id())) {
      tellAll(peer.id());
    }
    long sent = presence.getJsonObject("sent", new JsonObject()).getLong(self.id(), 0L);
    if (link(peer.id()).isShortOf(sent)) {
      LOG.warn("messages of process {} were lost; asking for its states again", peer.name());
      say(peer.id());
    }
  }

  private Link link(String id) {
    return links.computeIfAbsent(id, ignored -> new Link());
  }

  <T> void publish(Topic<T> topic, T message) {
    LiveTopics.Live<?> live = LiveTopics.of(topic.address());
    Retained kept = retained.get(topic.address());
    if (live == null || kept == null) {
      return;
    }
    synchronized (kept) {
      kept.keep(live, message);
      Buffer bytes = null;
      for (Identity peer : peers.present()) {
        bytes = bytes == null ? encode(topic, message) : bytes;
        send(peer.id(), topic, bytes);
      }
    }
  }

  /** To everybody who is there now; kept for nobody else. */
  <T> void tellOnce(Topic<T> topic, T message) {
    if (LiveTopics.of(topic.address()) != null) {
      Buffer bytes = encode(topic, message);
      peers.present().forEach(peer -> send(peer.id(), topic, bytes));
    }
  }

  private static Buffer encode(Topic<?> topic, Object message) {
    return Buffer.buffer(MessageCodec.encode(topic.type(), message));
  }

  private void send(String peer, Topic<?> topic, Buffer bytes) {
    Link link = link(peer);
    synchronized (link) {
      eventBus.send(
          TOPICS + peer,
          bytes,
          new DeliveryOptions()
              .addHeader(TOPIC, topic.address())
              .addHeader(SHAPE, self.shape())
              .addHeader(FROM, self.id())
              .addHeader(NUMBER, Long.toString(link.next())));
    }
  }

  private void tellAll(String peer) {
    LiveTopics.ALL.forEach(
        live -> {
          Retained kept = retained.get(live.topic().address());
          if (kept != null) {
            synchronized (kept) {
              kept.forEach(
                  live.topic(), (topic, message) -> send(peer, topic, encode(topic, message)));
            }
          }
        });
  }

  private void came(Message<Buffer> message) {
    String from = message.headers().get(FROM);
    LiveTopics.Live<?> live = LiveTopics.of(String.valueOf(message.headers().get(TOPIC)));
    if (from == null || live == null || !self.shape().equals(message.headers().get(SHAPE))) {
      return;
    }
    if (link(from).isGapBefore(Long.parseLong(message.headers().get(NUMBER)))) {
      LOG.warn("messages of another process were lost; asking for its states again");
      say(from);
    }
    try {
      handOut(live.topic(), message.body());
    } catch (WireException e) {
      LOG.error("a message of {} cannot be read", live.topic().address(), e);
    }
  }

  private <T> void handOut(Topic<T> topic, Buffer bytes) {
    T message = topic.type().cast(MessageCodec.decode(topic.type(), bytes.getBytes()));
    newestAlarms.heard(message);
    local.publish(topic, message);
  }

  NewestAlarms newestAlarms() {
    return newestAlarms;
  }

  OptionalLong aliveSinceNs(String name) {
    return peers.present().stream()
        .filter(peer -> peer.name().equals(name))
        .mapToLong(Identity::sinceNs)
        .max();
  }

  @Override
  public void joined(Identity peer) {
    LOG.info("process {} is there", peer.name());
    say(null);
    tellAll(peer.id());
  }

  @Override
  public void left(Identity peer) {
    LOG.warn("process {} is away", peer.name());
    links.remove(peer.id());
    // A second one that was turned away takes nothing with it.
    Set<String> lost = new TreeSet<>(peer.roles());
    peers.present().forEach(other -> lost.removeAll(other.roles()));
    String why = "its process is away; start it again with --roles " + peer.name();
    unanswered.gone(lost, why);
    local.publish(Topics.PROCESS_AWAY, new ProcessAway(lost, why, wallClock.nowNs()));
    down(lost, why);
  }

  @Override
  public void startedAnew(Identity earlier) {
    LOG.warn("process {} was started anew", earlier.name());
    links.remove(earlier.id());
    unanswered.gone(earlier.roles(), "its process was started anew");
  }

  @Override
  public void refused(Identity peer, String why) {
    LOG.error("process {} is not worked with: {}", peer.name(), why);
    down(peer.roles(), why);
    if (!joined) {
      misfit.compareAndSet(null, "process " + peer.name() + " does not fit: " + why);
    }
  }

  @Override
  public void twice(Identity peer, Set<String> roles) {
    boolean older =
        peer.sinceNs() < self.sinceNs()
            || peer.sinceNs() == self.sinceNs() && peer.id().compareTo(self.id()) < 0;
    if (!older) {
      return;
    }
    String why =
        "another process runs %s already; each role runs once: leave it out of --roles, or stop the"
            + " other";
    String told = why.formatted(String.join(",", roles));
    misfit.compareAndSet(null, told);
    if (joined) {
      twice.accept(told);
    }
  }

  private void down(Set<String> rooms, String why) {
    long nowNs = wallClock.nowNs();
    for (String room : rooms) {
      local.publish(Topics.ROOM_HEALTH, new RoomHealth(room, RoomHealth.Status.DOWN, why, nowNs));
    }
  }
}
