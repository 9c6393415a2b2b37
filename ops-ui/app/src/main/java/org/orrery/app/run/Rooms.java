package org.orrery.app.run;

import io.vertx.core.Deployable;
import java.io.IOException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.orrery.alarms.AlarmsConfig;
import org.orrery.alarms.AlarmsModule;
import org.orrery.app.config.Site;
import org.orrery.archive.ArchiveConfig;
import org.orrery.archive.ArchiveModule;
import org.orrery.bus.RoomContext;
import org.orrery.bus.kafka.AckListener;
import org.orrery.bus.kafka.EventLog;
import org.orrery.bus.kafka.EventRelay;
import org.orrery.bus.kafka.KafkaConfig;
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

  /** The rooms of this process that listen, the server aside. */
  static List<Room> listeners(
      RoomContext context,
      RunOptions options,
      Children children,
      KafkaConfig kafka,
      AckListener acks)
      throws IOException {
    Roles roles = options.roles();
    List<Room> rooms = new ArrayList<>();
    if (roles.has(Role.SUPERVISION)) {
      rooms.add(
          new Room(
              "supervision",
              false,
              SupervisionModule.create(
                  context.forRoom("supervision"),
                  SupervisionConfig.DEFAULT,
                  options.access(),
                  children.store().room("supervision"))));
    }
    if (roles.has(Role.ALARMS)) {
      rooms.add(
          new Room(
              "alarms",
              true,
              AlarmsModule.create(
                  context.forRoom("alarms"),
                  AlarmsConfig.DEFAULT.mirroring(
                      options
                          .site()
                          .phoebus()
                          .map(p -> AlarmsConfig.Phoebus.of(p.servers(), p.config()))),
                  Optional.of(children.store().room("alarms")))));
    }
    if (roles.has(Role.OPERATIONS)) {
      rooms.add(
          new Room(
              "operations",
              true,
              OperationsModule.create(
                  context.forRoom("operations"),
                  OperationsConfig.DEFAULT,
                  Optional.of(children.store().room("operations")))));
      rooms.add(
          new Room(
              "snapshots",
              false,
              OperationsModule.snapshots(
                  context.forRoom("operations"), children.store().room("operations"))));
    }
    if (roles.has(Role.GATEWAY)) {
      rooms.add(new Room("relay", false, new SampleRelay(context.forRoom("relay"), kafka, acks)));
    }
    if (roles.has(Role.ARCHIVE)) {
      rooms.add(
          new Room(
              "archive",
              false,
              ArchiveModule.create(
                  context.forRoom("archive"),
                  children.store(),
                  ArchiveConfig.of(kafka)
                      .keepingRawDays(options.site().rawDays(), options.site().retention()))));
      rooms.add(
          new Room(
              "put-log",
              false,
              ArchiveModule.putLog(context.forRoom("put-log"), children.store(), kafka)));
    }
    if (roles.has(Role.DQM)) {
      rooms.add(
          new Room("dqm", false, DqmModule.create(context.forRoom("dqm"), DqmConfig.DEFAULT)));
    }
    if (roles.has(Role.TWIN)) {
      rooms.add(new Room("twin", false, TwinModule.create(context.forRoom("twin"), twin(options))));
    }
    return rooms;
  }

  /** What carries this process's events to Kafka. */
  static Room events(RoomContext context, Fabric fabric, KafkaConfig kafka) {
    RoomContext own = context.forRoom("events").over(fabric.ownEvents());
    return new Room("events", false, new EventRelay(own, kafka));
  }

  /** What brings the events of other processes from Kafka; none where there are no others. */
  static Optional<Room> eventLog(RoomContext context, Fabric fabric, KafkaConfig kafka) {
    return fabric
        .fromLog()
        .map(sink -> new Room("event-log", false, new EventLog(kafka, context.wallClock(), sink)));
  }

  /** The room where samples come in and writes go out. */
  static Room gateway(RoomContext context, RunOptions options, Children children, Bytes gateKey)
      throws IOException {
    return new Room(
        "gateway",
        true,
        GatewayModule.create(
            context.forRoom("gateway"), gatewayConfig(options, children, gateKey)));
  }

  /** The public half of supervision's key, where supervision runs in this process. */
  static PublicKey gateKey(RoomContext context) throws IOException {
    return SupervisionModule.publicKey(context.forRoom("supervision").data());
  }

  /** Where the histograms of the stand-in detector come in; none at a site. */
  static Optional<Room> histograms(
      RoomContext context, RunOptions options, Children children, Bytes gateKey)
      throws IOException {
    if (children.softIoc().isEmpty()) {
      return Optional.empty();
    }
    GatewayConfig config = gatewayConfig(options, children, gateKey);
    return Optional.of(
        new Room(
            "histograms",
            false,
            GatewayModule.histograms(context.forRoom("gateway"), config, MONITOR)));
  }

  private static GatewayConfig gatewayConfig(RunOptions options, Children children, Bytes gateKey) {
    Site site = options.site();
    List<HostPort> servers =
        children
            .softIoc()
            .map(ioc -> List.of(HostPort.loopback(ioc.searchPort())))
            .orElseGet(() -> site.epicsServers().stream().map(HostPort::parse).toList());
    List<HostPort> caServers = site.caServers().stream().map(HostPort::parse).toList();
    Site.OwnPvs own = options.site().ownPvs();
    return GatewayConfig.of(gateKey, servers, caServers)
        .withInterlocks(INTERLOCKS)
        .withPva(options.site().pva())
        .withMode(OperationsConfig.DEFAULT.mode())
        .withAccess(options.access())
        .withPutLog(children.kafka())
        .withOwnPvs(
            Optional.of(
                new GatewayConfig.OwnPvs(
                    own.prefix(), own.bind(), own.serverPort(), own.searchPort(), own.caPort())));
  }

  private static TwinConfig twin(RunOptions options) {
    return new TwinConfig(
        options.site().twin().members(),
        options.site().twin().device(),
        TwinConfig.DEFAULT.stepNs());
  }
}
