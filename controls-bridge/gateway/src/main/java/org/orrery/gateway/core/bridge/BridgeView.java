package org.orrery.gateway.core.bridge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.health.BridgeHealth;
import org.orrery.contract.health.BridgeHealth.ChannelFigures;
import org.orrery.contract.health.BridgeHealth.Links;
import org.orrery.contract.health.BridgeHealth.ServerHealth;
import org.orrery.contract.health.BridgeHealth.Traffic;
import org.orrery.contract.health.BridgeQuery;
import org.orrery.contract.health.ChannelHealth.Link;

/** Sums channels up by server and finds the worst. Stateless. */
final class BridgeView {
  private static final double MEDIAN = 0.5;
  private static final double NEARLY_ALL = 0.99;

  private static final Comparator<ChannelFigures> WORST_FIRST =
      Comparator.comparingInt((ChannelFigures c) -> trouble(c.health().link()))
          .thenComparing(
              Comparator.comparingLong((ChannelFigures c) -> c.traffic().lost()).reversed())
          .thenComparing(
              Comparator.comparingLong((ChannelFigures c) -> c.traffic().disconnections())
                  .reversed())
          .thenComparingLong(c -> c.traffic().heardNs())
          .thenComparing(c -> c.health().channel());

  private static final Comparator<ServerHealth> WORST_SERVER_FIRST =
      Comparator.comparingInt((ServerHealth s) -> -s.links().disconnected())
          .thenComparingInt(s -> -s.links().stale() - s.links().mismatched())
          .thenComparing(ServerHealth::address);

  /** A channel with its PV. */
  record Row(String pv, ChannelFigures figures) {
    boolean matches(List<String> words) {
      String text =
          (figures.health().channel() + " " + pv + " " + figures.server() + " ")
                  .toLowerCase(Locale.ROOT)
              + figures.health().link().name().toLowerCase(Locale.ROOT);
      return words.stream().allMatch(text::contains);
    }
  }

  private BridgeView() {}

  static BridgeHealth of(
      long atNs,
      List<Row> rows,
      BridgeQuery query,
      Function<String, @Nullable DelayWindow> windows) {
    List<String> words =
        query.find().isBlank() ? List.of() : List.of(query.find().strip().split("\\s+"));
    List<ChannelFigures> matching =
        query.most() == 0
            ? List.of()
            : rows.stream().filter(row -> row.matches(words)).map(Row::figures).toList();
    return new BridgeHealth(
        atNs,
        servers(rows, windows),
        matching.size(),
        matching.stream().sorted(WORST_FIRST).limit(query.most()).toList());
  }

  private static List<ServerHealth> servers(
      List<Row> rows, Function<String, @Nullable DelayWindow> windows) {
    Map<String, List<ChannelFigures>> byServer = new TreeMap<>();
    for (Row row : rows) {
      byServer
          .computeIfAbsent(row.figures().server(), unseen -> new ArrayList<>())
          .add(row.figures());
    }
    List<ServerHealth> servers = new ArrayList<>();
    byServer.forEach(
        (address, channels) -> {
          DelayWindow delays = windows.apply(address);
          servers.add(
              new ServerHealth(
                  address,
                  links(channels),
                  sum(channels),
                  delays == null ? OptionalDouble.empty() : delays.quantile(MEDIAN),
                  delays == null ? OptionalDouble.empty() : delays.quantile(NEARLY_ALL)));
        });
    servers.sort(WORST_SERVER_FIRST);
    return servers;
  }

  private static Links links(List<ChannelFigures> channels) {
    int[] counts = new int[Link.values().length];
    channels.forEach(channel -> counts[channel.health().link().ordinal()]++);
    return new Links(
        counts[Link.CONNECTED.ordinal()],
        counts[Link.STALE.ordinal()],
        counts[Link.MISMATCH.ordinal()],
        counts[Link.DISCONNECTED.ordinal()]);
  }

  private static Traffic sum(List<ChannelFigures> channels) {
    long updates = 0;
    double perSecond = 0;
    long lost = 0;
    long disconnections = 0;
    long heardNs = 0;
    for (ChannelFigures channel : channels) {
      Traffic traffic = channel.traffic();
      updates += traffic.updates();
      perSecond += traffic.updatesPerSecond();
      lost += traffic.lost();
      disconnections += traffic.disconnections();
      heardNs = Math.max(heardNs, traffic.heardNs());
    }
    return new Traffic(updates, perSecond, lost, disconnections, heardNs);
  }

  private static int trouble(Link link) {
    return switch (link) {
      case DISCONNECTED -> 0;
      case MISMATCH -> 1;
      case STALE -> 2;
      case CONNECTED -> 3;
    };
  }
}
