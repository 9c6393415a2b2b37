package org.orrery.gateway.core.bridge;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.health.BridgeHealth.Traffic;
import org.orrery.gateway.core.ControlSystem;

/** Measures one subscription, and hands on what it hears. Thread-safe. */
final class LineMeter implements ControlSystem.Listener {
  private static final double NS_PER_SECOND = 1e9;

  private final ControlSystem.Listener listener;
  private final Function<String, DelayWindow> windows;
  private final Time time;
  private ControlSystem.@Nullable Link link;
  private @Nullable DelayWindow window;
  private String server = "";
  private boolean snapshotDue;
  private boolean connected;
  private long updates;
  private long updatesBefore;
  private double perSecond;
  private long lost;
  private long disconnections;
  private long heardNs;

  /** What a meter needs of the plant's clock. */
  interface Time {
    /** Plant ns. */
    long nowNs();

    /** Plant seconds per wall second. */
    double factor();
  }

  LineMeter(ControlSystem.Listener listener, Function<String, DelayWindow> windows, Time time) {
    this.listener = listener;
    this.windows = windows;
    this.time = time;
  }

  synchronized void opened(ControlSystem.Link subscription) {
    link = subscription;
  }

  @Override
  public void onConnected(ControlSystem.Description description) {
    synchronized (this) {
      connected = true;
      snapshotDue = true;
      window = null;
    }
    listener.onConnected(description);
  }

  @Override
  public void onDescriptionChanged(ControlSystem.Description description) {
    listener.onDescriptionChanged(description);
  }

  @Override
  public void onDisconnected() {
    synchronized (this) {
      disconnections += connected ? 1 : 0;
      connected = false;
    }
    listener.onDisconnected();
  }

  @Override
  public void onUpdate(ControlSystem.Update update) {
    synchronized (this) {
      heardNs = time.nowNs();
      updates++;
      lost += update.lostBefore();
      DelayWindow delays = window();
      // The state that opens a connection may be as old as it likes: its age is no delay.
      if (!snapshotDue && delays != null) {
        delays.add((heardNs - update.timeNs()) / NS_PER_SECOND / time.factor());
      }
      snapshotDue = false;
    }
    listener.onUpdate(update);
  }

  @Override
  public void onRefused(String reason) {
    listener.onRefused(reason);
  }

  synchronized String server() {
    window();
    return server;
  }

  synchronized Traffic traffic() {
    return new Traffic(updates, perSecond, lost, disconnections, heardNs);
  }

  synchronized void roll(double wallSeconds) {
    perSecond = wallSeconds > 0 ? (updates - updatesBefore) / wallSeconds : 0;
    updatesBefore = updates;
  }

  /** The subscription may call before its handle is there; until then nobody knows the server. */
  private @Nullable DelayWindow window() {
    if (window == null && link != null && !link.server().isEmpty()) {
      server = link.server();
      window = windows.apply(server);
    }
    return window;
  }
}
