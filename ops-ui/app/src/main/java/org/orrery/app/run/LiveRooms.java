package org.orrery.app.run;

import io.vertx.core.Deployable;
import java.io.IOException;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.orrery.alarms.AlarmsConfig;
import org.orrery.alarms.AlarmsModule;
import org.orrery.bus.RoomContext;
import org.orrery.contract.Bytes;
import org.orrery.contract.facility.ChannelId;
import org.orrery.dqm.DqmConfig;
import org.orrery.dqm.DqmModule;
import org.orrery.epics.HostPort;
import org.orrery.gateway.GatewayConfig;
import org.orrery.gateway.GatewayModule;
import org.orrery.operations.OperationsConfig;
import org.orrery.operations.OperationsModule;
import org.orrery.supervision.SupervisionModule;
import org.orrery.twin.TwinConfig;
import org.orrery.twin.TwinModule;

/** The rooms that need neither broker nor database to do their work. Stateless. */
final class LiveRooms {
  /** Which subsystems an interlock covers; the star covers all. */
  private static final Map<ChannelId, Set<String>> INTERLOCKS =
      Map.of(
          new ChannelId("interlock.hv-level"), Set.of("high-voltage"),
          new ChannelId("interlock.oxygen-deficiency"), Set.of("*"));

  private LiveRooms() {}

  static List<Deployable> all(RoomContext context, RunOptions options, Children children)
      throws IOException {
    PublicKey key = SupervisionModule.publicKey(context.data());
    HostPort[] servers =
        children
            .softIoc()
            .map(ioc -> new HostPort[] {HostPort.loopback(ioc.searchPort())})
            .orElseGet(
                () ->
                    options.site().epicsServers().stream()
                        .map(HostPort::parse)
                        .toArray(HostPort[]::new));
    GatewayConfig gateway =
        GatewayConfig.of(Bytes.of(key.getEncoded()), servers).withInterlocks(INTERLOCKS);
    return List.of(
        AlarmsModule.create(
            context, AlarmsConfig.DEFAULT, Optional.of(children.store().room("alarms"))),
        OperationsModule.create(
            context, OperationsConfig.DEFAULT, Optional.of(children.store().room("operations"))),
        TwinModule.create(
            context,
            new TwinConfig(
                options.site().twin().members(),
                options.site().twin().device(),
                TwinConfig.DEFAULT.stepNs())),
        DqmModule.create(context, DqmConfig.DEFAULT),
        GatewayModule.create(context, gateway));
  }
}
