package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.health.BridgeHealth;
import org.orrery.contract.health.BridgeHealth.ChannelFigures;
import org.orrery.contract.health.BridgeHealth.ServerHealth;
import org.orrery.contract.health.BridgeHealth.Traffic;
import org.orrery.contract.health.ChannelHealth.Link;
import org.orrery.contract.sample.LossCount;

/** The health of the bridge as JSON. Stateless. */
final class BridgeViews {
  /** Where a stage takes all of what another one hands on. */
  private static final Map<String, String> BEFORE =
      Map.of(
          "gateway", "transport",
          "feed.kafka", "gateway",
          "relay.kafka", "feed.kafka",
          "archive", "relay.kafka");

  private BridgeViews() {}

  static ObjectNode bridge(BridgeHealth health, Collection<LossCount> stages) {
    ObjectNode node = Json.object();
    node.put("atMs", Json.ms(health.atNs()));
    node.set("servers", Json.array(health.servers(), BridgeViews::server));
    node.put("matching", health.matching());
    node.set("channels", Json.array(health.channels(), BridgeViews::channel));
    node.set("stages", Json.array(stages, stage -> stage(stage, stages)));
    return node;
  }

  private static ObjectNode server(ServerHealth server) {
    ObjectNode node = Json.object();
    node.put("address", server.address());
    ObjectNode links = Json.object();
    for (Link link : Link.values()) {
      links.put(link.name(), server.links().of(link));
    }
    node.set("links", links);
    traffic(node, server.traffic());
    node.put("delayP50S", number(server.latencyP50()));
    node.put("delayP99S", number(server.latencyP99()));
    return node;
  }

  private static ObjectNode channel(ChannelFigures channel) {
    ObjectNode node = Json.object();
    node.put("channel", channel.health().channel().value());
    node.put("link", channel.health().link().name());
    node.put("detail", channel.health().detail());
    node.put("sinceMs", Json.ms(channel.health().sinceNs()));
    node.put("server", channel.server());
    traffic(node, channel.traffic());
    return node;
  }

  private static void traffic(ObjectNode node, Traffic traffic) {
    node.put("updates", traffic.updates());
    node.put("perSecond", Json.number(traffic.updatesPerSecond()));
    node.put("lost", traffic.lost());
    node.put("disconnections", traffic.disconnections());
    node.put("heardMs", traffic.heardNs() == 0 ? null : (Double) Json.ms(traffic.heardNs()));
  }

  private static ObjectNode stage(LossCount stage, Collection<LossCount> all) {
    ObjectNode node = Views.loss(stage);
    node.put("unaccounted", stage.unaccounted());
    String before = BEFORE.get(stage.stage());
    LossCount source =
        all.stream().filter(count -> count.stage().equals(before)).findFirst().orElse(null);
    node.put("before", source == null ? null : before);
    node.put("between", source == null ? null : (Long) (source.out() - stage.in()));
    return node;
  }

  private static @Nullable Double number(OptionalDouble value) {
    return value.isPresent() ? Json.number(value.getAsDouble()) : null;
  }
}
