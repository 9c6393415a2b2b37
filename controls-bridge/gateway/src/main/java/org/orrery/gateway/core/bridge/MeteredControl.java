package org.orrery.gateway.core.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.health.BridgeHealth;
import org.orrery.contract.health.BridgeHealth.ChannelFigures;
import org.orrery.contract.health.BridgeHealth.Traffic;
import org.orrery.contract.health.BridgeQuery;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.value.Value;
import org.orrery.gateway.core.ControlSystem;

/**
 * A control system whose subscriptions are measured on their way: it changes nothing of what
 * passes. Thread-safe, but for {@link #roll}, which one thread calls.
 */
public final class MeteredControl implements ControlSystem {
  private static final double NS_PER_SECOND = 1e9;

  private final ControlSystem control;
  private final PlantClock clock;
  private final Map<String, LineMeter> meters = new ConcurrentHashMap<>();
  private final Map<String, DelayWindow> windows = new ConcurrentHashMap<>();
  private long rolledNs;

  /**
   * @param clock stamps what arrives
   * @param wallNs now
   */
  public MeteredControl(ControlSystem control, PlantClock clock, long wallNs) {
    this.control = control;
    this.clock = clock;
    this.rolledNs = wallNs;
  }

  @Override
  public Link subscribe(String address, Listener listener) {
    LineMeter meter =
        new LineMeter(
            listener,
            server -> windows.computeIfAbsent(server, unseen -> new DelayWindow()),
            new LineMeter.Time() {
              @Override
              public long nowNs() {
                return clock.nowNs();
              }

              @Override
              public double factor() {
                return clock.factor();
              }
            });
    meters.put(address, meter);
    Link link = control.subscribe(address, meter);
    meter.opened(link);
    return link;
  }

  @Override
  public void put(
      String address,
      Value value,
      long timeoutNs,
      BooleanSupplier maySend,
      Consumer<PutReply> done) {
    control.put(address, value, timeoutNs, maySend, done);
  }

  @Override
  public void get(String address, long timeoutNs, Consumer<GetReply> done) {
    control.get(address, timeoutNs, done);
  }

  /**
   * Begins the next stretch of time: rates are those of the stretch before, delays those of both.
   * To be called about every ten seconds.
   *
   * @param wallNs now
   */
  public void roll(long wallNs) {
    double seconds = (wallNs - rolledNs) / NS_PER_SECOND;
    rolledNs = wallNs;
    meters.values().forEach(meter -> meter.roll(seconds));
    windows.values().forEach(DelayWindow::roll);
    Set<String> used = ConcurrentHashMap.newKeySet();
    meters.values().forEach(meter -> used.add(meter.server()));
    windows.keySet().retainAll(used);
  }

  /**
   * How the connections are.
   *
   * @param health the health of every channel
   */
  public BridgeHealth view(Facility facility, List<ChannelHealth> health, BridgeQuery query) {
    List<BridgeView.Row> rows = new ArrayList<>(health.size());
    for (ChannelHealth each : health) {
      String pv = facility.channel(each.channel()).map(Channel::pv).orElse("");
      LineMeter meter = meters.get(pv);
      rows.add(new BridgeView.Row(pv, figures(each, meter)));
    }
    return BridgeView.of(clock.nowNs(), rows, query, windows::get);
  }

  private static ChannelFigures figures(ChannelHealth health, @Nullable LineMeter meter) {
    return meter == null
        ? new ChannelFigures(health, "", new Traffic(0, 0, 0, 0, 0))
        : new ChannelFigures(health, meter.server(), meter.traffic());
  }
}
