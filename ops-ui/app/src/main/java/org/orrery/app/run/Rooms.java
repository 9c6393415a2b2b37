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
import org.orrery.archive.ArchiveConfig;
import org.orrery.archive.ArchiveModule;
import org.orrery.bus.RoomContext;
import org.orrery.bus.kafka.AckListener;
import org.orrery.bus.kafka.EventRelay;
import org.orrery.bus.kafka.SampleRelay;
import org.orrery.contract.Bytes;
import org.orrery.contract.facility.ChannelId;
import org.orrery.dqm.DqmConfig;
import org.orrery.dqm.DqmModule;
import org.orrery.epics.HostPort;
import org.orrery.gateway.GatewayConfig;
import org.orrery.gateway.GatewayModule;
import org.orrery.operations.OperationsConfig;
import org.orrery.operations.OperationsModule;
import org.orrery.supervision.SupervisionConfig;
import org.orrery.supervision.SupervisionModule;
import org.orrery.twin.TwinConfig;
import org.orrery.twin.TwinModule;

/**
 * Every room of the running system but the server, in the order of its start: who listens comes
 * before who speaks, so that the gateway, where all begins, is last and nothing is missed. Each
 * room waits for the broker or the database by itself where it needs one. Stateless.
 */
final class Rooms {
  /** Which subsystems an interlock covers; the star covers all. */
  private static final Map<ChannelId, Set<String>> INTERLOCKS =
      Map.of(
          new ChannelId("interlock.hv-level"), Set.of("high-voltage"),
          new ChannelId("interlock.oxygen-deficiency"), Set.of("*"));

  /** Under this name the stand-in detector's monitor tells what its histograms are. */
  private static final String MONITOR = "LAR:DQM:INFO:";

  private Rooms() {}

  /**
   * A room to be deployed.
   *
   * @param name the name of its health messages
   * @param essential true where Orrery must not start without it
   * @param deployable what to deploy
   */
  record Room(String name, boolean essential, Deployable deployable) {}

  /** The rooms that listen, the server aside. */
  static List<Room> listeners(
      RoomContext context, RunOptions options, Children children, AckListener acks)
      throws IOException {
    ArchiveConfig archive =
        ArchiveConfig.of(children.kafka())
            .keepingRawDays(options.site().rawDays(), options.site().retention());
    return List.of(
        new Room(
            "supervision",
            false,
            SupervisionModule.create(
                context.forRoom("supervision"),
                SupervisionConfig.DEFAULT,
                children.store().room("supervision"))),
        new Room(
            "alarms",
            true,
            AlarmsModule.create(
                context.forRoom("alarms"),
                AlarmsConfig.DEFAULT,
                Optional.of(children.store().room("alarms")))),
        new Room(
            "operations",
            true,
            OperationsModule.create(
                context.forRoom("operations"),
                OperationsConfig.DEFAULT,
                Optional.of(children.store().room("operations")))),
        new Room("relay", false, new SampleRelay(context.forRoom("relay"), children.kafka(), acks)),
        new Room("events", false, new EventRelay(context.forRoom("events"), children.kafka())),
        new Room(
            "archive",
            false,
            ArchiveModule.create(context.forRoom("archive"), children.store(), archive)),
        new Room("dqm", false, DqmModule.create(context.forRoom("dqm"), DqmConfig.DEFAULT)),
        new Room("twin", false, TwinModule.create(context.forRoom("twin"), twin(options))));
  }

  /** The room where samples come in and writes go out. */
  static Room gateway(RoomContext context, RunOptions options, Children children)
      throws IOException {
    return new Room(
        "gateway",
        true,
        GatewayModule.create(
            context.forRoom("gateway"), gatewayConfig(context, options, children)));
  }

  /** Where the histograms of the stand-in detector come in; none at a site. */
  static Optional<Room> histograms(RoomContext context, RunOptions options, Children children)
      throws IOException {
    if (children.softIoc().isEmpty()) {
      return Optional.empty();
    }
    GatewayConfig config = gatewayConfig(context, options, children);
    return Optional.of(
        new Room(
            "histograms",
            false,
            GatewayModule.histograms(context.forRoom("gateway"), config, MONITOR)));
  }

  private static GatewayConfig gatewayConfig(
      RoomContext context, RunOptions options, Children children) throws IOException {
    PublicKey key = SupervisionModule.publicKey(context.forRoom("supervision").data());
    HostPort[] servers =
        children
            .softIoc()
            .map(ioc -> new HostPort[] {HostPort.loopback(ioc.searchPort())})
            .orElseGet(
                () ->
                    options.site().epicsServers().stream()
                        .map(HostPort::parse)
                        .toArray(HostPort[]::new));
    return GatewayConfig.of(Bytes.of(key.getEncoded()), servers).withInterlocks(INTERLOCKS);
  }

  private static TwinConfig twin(RunOptions options) {
    return new TwinConfig(
        options.site().twin().members(),
        options.site().twin().device(),
        TwinConfig.DEFAULT.stepNs());
  }
}
