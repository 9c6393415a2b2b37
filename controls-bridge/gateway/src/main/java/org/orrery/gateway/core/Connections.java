package org.orrery.gateway.core;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.health.ChannelHealth.Link;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.time.Scheduler.Cancellable;

/**
 * The connections to all channels of a facility. Samples go to the sink from the thread that
 * received them, in order for each channel. Thread-safe.
 */
public final class Connections implements PlantView, AutoCloseable {
  /** How long a read after a reported loss may take, wall ns. */
  private static final long READ_AGAIN_TIMEOUT_NS = 5_000_000_000L;

  private final ControlSystem control;
  private final PlantClock clock;
  private final Consumer<Sample> samples;
  private final Consumer<ChannelHealth> health;
  private final Map<ChannelId, Line> lines = new LinkedHashMap<>();
  private final LongAdder received = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final LongAdder published = new LongAdder();
  private final LongAdder ofOurOwn = new LongAdder();
  private volatile boolean closed;

  /**
   * @param settings how long a channel may be silent, and take to connect
   * @param life what every channel goes on from
   * @param samples takes every sample; must not block
   * @param health takes every change of a channel's health; must not block
   */
  public Connections(
      Facility facility,
      ControlSystem control,
      PlantClock clock,
      StaleSettings settings,
      GatewayLife life,
      Consumer<Sample> samples,
      Consumer<ChannelHealth> health) {
    this.control = control;
    this.clock = clock;
    this.samples = samples;
    this.health = health;
    long now = clock.nowNs();
    for (Channel channel : facility.channels().values()) {
      long staleAfterNs = settings.staleAfterNs(channel, clock.factor());
      long graceNs = Math.round(settings.graceWallNs() * clock.factor());
      lines.put(
          channel.id(), new Line(new ChannelMonitor(channel, staleAfterNs, graceNs, life, now)));
    }
  }

  /** Subscribes to every channel; returns before they are connected. Call once. */
  public void open() {
    lines.values().forEach(Line::open);
  }

  /**
   * Looks for channels that have fallen silent, or did not connect after the start; to be called
   * about twice a second.
   */
  public void tick() {
    for (Line line : lines.values()) {
      line.step(ofOurOwn, monitor -> monitor.onTick(clock.nowNs()));
    }
  }

  @Override
  public Optional<Sample> latest(ChannelId channel) {
    Line line = lines.get(channel);
    return line == null ? Optional.empty() : line.ask(ChannelMonitor::latest);
  }

  @Override
  public Optional<ChannelHealth> health(ChannelId channel) {
    Line line = lines.get(channel);
    return line == null ? Optional.empty() : Optional.of(line.ask(ChannelMonitor::health));
  }

  @Override
  public Optional<ControlSystem.Accepted> accepted(ChannelId channel) {
    Line line = lines.get(channel);
    return line == null ? Optional.empty() : line.ask(ChannelMonitor::accepted);
  }

  @Override
  public Cancellable watch(ChannelId channel, Consumer<Sample> watcher) {
    Line line = lines.get(channel);
    if (line == null) {
      return () -> {};
    }
    line.watchers.add(watcher);
    return () -> line.watchers.remove(watcher);
  }

  /** The newest sample of every channel that has one, in the order of the facility. */
  public List<Sample> latestSamples() {
    return lines.values().stream()
        .flatMap(line -> line.ask(ChannelMonitor::latest).stream())
        .toList();
  }

  /** The health of every channel, in the order of the facility. */
  public List<ChannelHealth> allHealth() {
    return lines.values().stream().map(line -> line.ask(ChannelMonitor::health)).toList();
  }

  /**
   * The health of every channel as it was published, in the order of the facility; without those
   * that may still connect after the start.
   */
  public List<ChannelHealth> toldHealth() {
    return lines.values().stream()
        .flatMap(line -> line.ask(ChannelMonitor::toldHealth).stream())
        .toList();
  }

  /** How many channels are in each state. */
  public Map<Link, Integer> summary() {
    Map<Link, Integer> counts = new EnumMap<>(Link.class);
    allHealth().forEach(each -> counts.merge(each.link(), 1, Integer::sum));
    return counts;
  }

  /**
   * What the transport and this stage did. The transport marks a loss, not its size: its lost
   * updates are a lower bound. Samples that the gateway makes itself (a lost connection, a silent
   * channel) count as coming in.
   */
  public List<LossCount> lossCounts() {
    // Read in this order, so that pending is never negative.
    long gone = published.sum();
    long made = ofOurOwn.sum();
    long arrived = received.sum();
    long missing = lost.sum();
    return List.of(
        new LossCount("transport", arrived + missing, arrived, missing, 0, 0, 0),
        new LossCount("gateway", arrived + made, gone, 0, 0, 0, arrived + made - gone));
  }

  /** Ends all subscriptions; what still arrives is ignored. */
  @Override
  public void close() {
    closed = true;
    lines.values().forEach(Line::close);
  }

  private interface Event {
    ChannelMonitor.Step on(ChannelMonitor monitor);
  }

  /**
   * One channel's monitor under its lock, which also keeps its samples in order on their way to the
   * sink.
   */
  private final class Line implements ControlSystem.Listener {
    private final ChannelMonitor monitor;
    private final List<Consumer<Sample>> watchers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean reading = new AtomicBoolean();
    private volatile ControlSystem.@Nullable Link subscription;

    Line(ChannelMonitor monitor) {
      this.monitor = monitor;
    }

    void open() {
      try {
        subscription = control.subscribe(monitor.channel().pv(), this);
      } catch (IllegalArgumentException e) {
        onRefused(String.valueOf(e.getMessage()));
      }
    }

    synchronized <T> T ask(Function<ChannelMonitor, T> question) {
      return question.apply(monitor);
    }

    synchronized void step(LongAdder origin, Event event) {
      if (closed) {
        return;
      }
      ChannelMonitor.Step step = event.on(monitor);
      step.health().ifPresent(health);
      step.sample()
          .ifPresent(
              sample -> {
                origin.increment();
                publish(sample);
              });
    }

    private void publish(Sample sample) {
      published.increment();
      samples.accept(sample);
      for (Consumer<Sample> watcher : watchers) {
        watcher.accept(sample);
      }
    }

    @Override
    public void onConnected(ControlSystem.Description metadata) {
      step(received, m -> m.onConnected(metadata, clock.nowNs()));
    }

    /** What was read while the PV said something else is read again once it is as described. */
    @Override
    public void onDescriptionChanged(ControlSystem.Description metadata) {
      Link before = ask(ChannelMonitor::health).link();
      step(received, m -> m.onDescriptionChanged(metadata, clock.nowNs()));
      if (before == Link.MISMATCH && ask(ChannelMonitor::health).link() == Link.CONNECTED) {
        readAgain();
      }
    }

    @Override
    public void onDisconnected() {
      step(ofOurOwn, m -> m.onDisconnected(clock.nowNs()));
    }

    @Override
    public void onRefused(String reason) {
      step(ofOurOwn, m -> m.onRefused(reason, clock.nowNs()));
    }

    @Override
    public void onUpdate(ControlSystem.Update update) {
      lost.add(update.lostBefore());
      step(received, m -> m.onUpdate(update, clock.nowNs()));
      if (update.lostBefore() > 0) {
        readAgain();
      }
    }

    /**
     * After a reported loss the PV is read again, so that what it says now is not a matter of luck.
     */
    private void readAgain() {
      if (!reading.compareAndSet(false, true)) {
        return;
      }
      long askedAfter = ask(ChannelMonitor::sequence);
      control.get(
          monitor.channel().pv(),
          READ_AGAIN_TIMEOUT_NS,
          reply -> {
            reading.set(false);
            if (reply instanceof ControlSystem.GetReply.Got got) {
              step(received, m -> m.onReadAgain(got.update(), askedAfter, clock.nowNs()));
            }
          });
    }

    void close() {
      ControlSystem.@Nullable Link open = subscription;
      if (open != null) {
        open.close();
      }
    }
  }

  /**
   * When a channel counts as stale, or as not to be had.
   *
   * @param cadences how many of its cadences a channel may be silent
   * @param leastWallNs and at least this long, wall ns: below it, the machine's own hesitation
   *     would count
   * @param graceWallNs how long a channel may take to connect after the start before it is
   *     published as disconnected, wall ns
   */
  public record StaleSettings(double cadences, long leastWallNs, long graceWallNs) {
    /** Five cadences, at least three seconds; fifteen seconds to connect. */
    public static final StaleSettings DEFAULT =
        new StaleSettings(5, 3_000_000_000L, 15_000_000_000L);

    long staleAfterNs(Channel channel, double factor) {
      if (channel.cadenceNs() <= 0) {
        return 0;
      }
      return Math.max(Math.round(channel.cadenceNs() * cadences), Math.round(leastWallNs * factor));
    }
  }
}
