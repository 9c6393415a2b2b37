package org.orrery.server.runtime;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.orrery.contract.health.BridgeHealth;
import org.orrery.contract.health.BridgeHealth.ServerHealth;
import org.orrery.contract.health.ChannelHealth.Link;

/**
 * What {@code /metrics} shows of the bridge: channels by state, and figures of each server. Not
 * thread-safe: the server's event loop owns it and alone scrapes.
 */
final class BridgeFigures {
  /** So many servers have figures of their own; further ones are in the sums alone. */
  private static final int MOST_SERVERS = 200;

  private static final double NS_PER_SECOND = 1e9;

  private final MeterRegistry registry;
  private final LiveState live;
  private final Map<String, List<Meter>> servers = new HashMap<>();

  BridgeFigures(MeterRegistry registry, LiveState live) {
    this.registry = registry;
    this.live = live;
    for (Link link : Link.values()) {
      Gauge.builder("orrery.bridge.channels", this, figures -> figures.channels(link))
          .description("Channels by the state of their connection")
          .tag("state", link.name())
          .register(registry);
    }
  }

  /** Adds the servers that are new and takes off those that are gone; before every scrape. */
  void refresh() {
    Set<String> present = new HashSet<>();
    live.bridge()
        .ifPresent(
            health ->
                health.servers().stream()
                    .map(ServerHealth::address)
                    .filter(address -> !address.isEmpty())
                    .limit(MOST_SERVERS)
                    .forEach(present::add));
    servers
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !present.contains(entry.getKey());
              if (gone) {
                entry.getValue().forEach(registry::remove);
              }
              return gone;
            });
    present.forEach(address -> servers.computeIfAbsent(address, this::register));
  }

  private List<Meter> register(String address) {
    List<Meter> meters = new ArrayList<>();
    for (Link link : Link.values()) {
      meters.add(
          Gauge.builder(
                  "orrery.bridge.ioc.channels",
                  this,
                  f -> f.of(address, s -> (double) s.links().of(link)))
              .description("Channels of a server by the state of their connection")
              .tag("ioc", address)
              .tag("state", link.name())
              .register(registry));
    }
    meters.add(
        counter(address, "updates", "Updates received from a server", s -> s.traffic().updates()));
    meters.add(
        counter(
            address,
            "lost",
            "Updates of a server known to be lost on the way, at least",
            s -> s.traffic().lost()));
    meters.add(
        counter(
            address,
            "disconnections",
            "Connections of a server's channels that were lost",
            s -> s.traffic().disconnections()));
    meters.add(delay(address, "0.5", ServerHealth::latencyP50));
    meters.add(delay(address, "0.99", ServerHealth::latencyP99));
    meters.add(
        Gauge.builder("orrery.bridge.ioc.silence", this, f -> f.silence(address))
            .description("Plant time since the last update from a server")
            .baseUnit("seconds")
            .tag("ioc", address)
            .register(registry));
    return meters;
  }

  private Meter counter(
      String address, String name, String description, ToDoubleFunction<ServerHealth> figure) {
    return FunctionCounter.builder("orrery.bridge.ioc." + name, this, f -> f.of(address, figure))
        .description(description)
        .tag("ioc", address)
        .register(registry);
  }

  private Meter delay(
      String address, String quantile, Function<ServerHealth, OptionalDouble> figure) {
    return Gauge.builder(
            "orrery.bridge.ioc.delay",
            this,
            f -> f.of(address, s -> figure.apply(s).orElse(Double.NaN)))
        .description("Wall time from an update's time stamp to its receipt, of the last seconds")
        .baseUnit("seconds")
        .tag("ioc", address)
        .tag("quantile", quantile)
        .register(registry);
  }

  private double channels(Link link) {
    return live.bridge().map(health -> (double) health.count(link)).orElse(Double.NaN);
  }

  private double silence(String address) {
    Optional<BridgeHealth> health = live.bridge();
    return of(
        address,
        s ->
            s.traffic().heardNs() == 0
                ? Double.NaN
                : (health.orElseThrow().atNs() - s.traffic().heardNs()) / NS_PER_SECOND);
  }

  private double of(String address, ToDoubleFunction<ServerHealth> figure) {
    return live.bridge().stream()
        .flatMap(health -> health.servers().stream())
        .filter(server -> server.address().equals(address))
        .mapToDouble(figure)
        .findFirst()
        .orElse(Double.NaN);
  }
}
