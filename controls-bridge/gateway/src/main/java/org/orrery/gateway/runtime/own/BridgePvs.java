package org.orrery.gateway.runtime.own;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.health.BridgeHealth;
import org.orrery.contract.health.BridgeHealth.ServerHealth;
import org.orrery.contract.health.ChannelHealth.Link;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.epics.Range;
import org.orrery.gateway.core.own.OwnNames;

/** How the bridge itself is: in all, by server, and by stage of the samples' way. */
final class BridgePvs {
  /** A site has some hundred servers at most; further ones are in the sums alone. */
  private static final int MOST_SERVERS = 200;

  private static final List<String> STATES = List.of("DOWN", "DEGRADED", "UP");
  private static final Map<String, ToLongFunction<LossCount>> FIGURES = figures();

  private final Board board;
  private final Shown state;
  private final Map<Link, Shown> channels = new EnumMap<>(Link.class);
  private final Shown servers;
  private final Shown rate;
  private final Shown updates;
  private final Shown lost;
  private final Shown disconnections;
  private final Map<String, Server> byAddress = new TreeMap<>();
  private final Map<String, Map<String, Shown>> stages = new HashMap<>();

  private record Server(Shown state, Shown connected, Shown rate, Shown median, Shown slowest)
      implements AutoCloseable {
    void show(ServerHealth health) {
      int all = health.links().all();
      int up = health.links().connected();
      String name = stateOf(up, all);
      state.choose(name, severity(name));
      connected.show(up);
      rate.show(health.traffic().updatesPerSecond());
      showDelay(median, health.latencyP50());
      showDelay(slowest, health.latencyP99());
    }

    @Override
    public void close() {
      List.of(state, connected, rate, median, slowest).forEach(Shown::close);
    }
  }

  BridgePvs(Board board) {
    this.board = board;
    state = board.choice("how the connections are in all", STATES, "BRIDGE", "STATE");
    for (Link link : Link.values()) {
      channels.put(link, board.count("channels in this state", "BRIDGE", "CHANNELS", link.name()));
    }
    servers = board.count("servers that serve a channel", "BRIDGE", "IOC", "COUNT");
    rate =
        board.number(
            "Hz",
            "updates that arrive, per wall second",
            Range.NONE,
            Limits.NONE,
            "BRIDGE",
            "RATE");
    updates = board.total("updates that arrived since the start", "BRIDGE", "UPDATES");
    lost = board.total("updates lost before they arrived, at least", "BRIDGE", "LOST");
    disconnections =
        board.total("connections of channels that were lost", "BRIDGE", "DISCONNECTIONS");
  }

  void show(BridgeHealth health) {
    int all = 0;
    for (Link link : Link.values()) {
      int some = health.count(link);
      all += some;
      Shown shown = channels.get(link);
      if (shown != null) {
        shown.show(some);
      }
    }
    String name = stateOf(health.count(Link.CONNECTED), all);
    state.choose(name, severity(name));
    servers.show(health.servers().stream().filter(s -> !s.address().isEmpty()).count());
    rate.show(sum(health, s -> s.traffic().updatesPerSecond()));
    updates.show(sum(health, s -> s.traffic().updates()));
    lost.show(sum(health, s -> s.traffic().lost()));
    disconnections.show(sum(health, s -> s.traffic().disconnections()));
    showServers(health);
  }

  private void showServers(BridgeHealth health) {
    Set<String> present = new HashSet<>();
    for (ServerHealth server : health.servers()) {
      String address = server.address();
      if (!address.isEmpty()
          && (byAddress.containsKey(address) || byAddress.size() < MOST_SERVERS)) {
        present.add(address);
        byAddress.computeIfAbsent(address, this::server).show(server);
      }
    }
    byAddress
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !present.contains(entry.getKey());
              if (gone) {
                entry.getValue().close();
              }
              return gone;
            });
  }

  void loss(LossCount count) {
    stages
        .computeIfAbsent(count.stage(), this::stage)
        .forEach(
            (figure, shown) -> {
              ToLongFunction<LossCount> read = FIGURES.get(figure);
              if (read != null) {
                long value = read.applyAsLong(count);
                boolean wrong = figure.equals("UNACCOUNTED") && value != 0;
                shown.show(
                    Value.of((double) value),
                    wrong ? Severity.MAJOR : Severity.NONE,
                    wrong ? "samples are missing" : "");
              }
            });
  }

  private Map<String, Shown> stage(String stage) {
    Map<String, Shown> shown = new LinkedHashMap<>();
    FIGURES
        .keySet()
        .forEach(
            figure ->
                shown.put(
                    figure,
                    board.total(
                        "samples of stage " + stage + ", " + figure.toLowerCase(Locale.ROOT),
                        "BRIDGE",
                        "STAGE",
                        stage,
                        figure)));
    return shown;
  }

  private Server server(String address) {
    String name = OwnNames.address(address);
    return new Server(
        board.choice("how the channels of " + address + " are", STATES, ioc(name, "STATE")),
        board.count("connected channels of " + address, ioc(name, "CONNECTED")),
        board.number("Hz", "updates from " + address, Range.NONE, Limits.NONE, ioc(name, "RATE")),
        board.number(
            "s",
            "median delay of updates from " + address,
            Range.NONE,
            Limits.NONE,
            ioc(name, "DELAY_P50")),
        board.number(
            "s",
            "99 % of updates from " + address + " are quicker",
            Range.NONE,
            Limits.NONE,
            ioc(name, "DELAY_P99")));
  }

  private static String[] ioc(String name, String figure) {
    return new String[] {"BRIDGE", "IOC", name, figure};
  }

  private static void showDelay(Shown shown, OptionalDouble seconds) {
    if (seconds.isPresent()) {
      shown.show(seconds.getAsDouble());
    } else {
      shown.invalidate("nothing arrives");
    }
  }

  private static double sum(BridgeHealth health, ToDoubleFunction<ServerHealth> figure) {
    return health.servers().stream().mapToDouble(figure).sum();
  }

  private static String stateOf(int connected, int all) {
    return connected == all ? "UP" : connected == 0 ? "DOWN" : "DEGRADED";
  }

  private static Severity severity(String name) {
    return switch (name) {
      case "UP" -> Severity.NONE;
      case "DEGRADED" -> Severity.MINOR;
      default -> Severity.MAJOR;
    };
  }

  private static Map<String, ToLongFunction<LossCount>> figures() {
    Map<String, ToLongFunction<LossCount>> figures = new LinkedHashMap<>();
    figures.put("IN", LossCount::in);
    figures.put("OUT", LossCount::out);
    figures.put("SQUASHED", LossCount::squashed);
    figures.put("DROPPED", LossCount::dropped);
    figures.put("LATE", LossCount::late);
    figures.put("PENDING", LossCount::pending);
    figures.put("UNACCOUNTED", LossCount::unaccounted);
    return figures;
  }
}
