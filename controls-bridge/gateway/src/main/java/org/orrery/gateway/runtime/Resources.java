package org.orrery.gateway.runtime;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.orrery.bus.RoomContext;
import org.orrery.epics.EpicsException;
import org.orrery.epics.HostPort;
import org.orrery.epics.client.CaSettings;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.client.PvClientSettings;
import org.orrery.epics.server.PutDecision;
import org.orrery.gateway.GatewayConfig;
import org.orrery.gateway.core.GatewayLife;
import org.orrery.gateway.runtime.own.OwnPvs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the gateway holds open. Opening and closing may block, so both happen on a worker.
 *
 * @param putLog what brings the journal to Kafka, where there is one
 * @param listening until when this life listens, for the next one
 * @param life what this life goes on from
 * @param trouble what could not be opened and is not worth refusing to start for; empty for nothing
 */
record Resources(
    FileJournal journal,
    PvControlSystem control,
    Optional<OwnPvs> ownPvs,
    Optional<PutLogFeed> putLog,
    Listening listening,
    GatewayLife life,
    String trouble) {
  private static final Logger LOG = LoggerFactory.getLogger(Resources.class);

  /**
   * Opens everything. Without our own PVs the gateway runs; without journal or client it does not.
   *
   * @param clients opens the control-system client
   * @param stopWriting stops all writing when somebody asks for it by PV; called on a library
   *     thread
   */
  static Resources open(
      RoomContext room,
      GatewayConfig config,
      Function<PvClientSettings, PvClient> clients,
      Supplier<CompletionStage<PutDecision>> stopWriting) {
    FileJournal journal = FileJournal.open(folder(room).resolve("journal"));
    try {
      long sequence =
          SequenceStart.next(folder(room).resolve("sequence"), room.wallClock().nowNs());
      Listening listening = Listening.open(folder(room).resolve("listened-until"));
      GatewayLife life = new GatewayLife(sequence, listening.before(room.plantClock().nowNs()));
      PvControlSystem control = new PvControlSystem(clients.apply(clientSettings(config)));
      try {
        Optional<OwnPvs> ownPvs =
            config
                .ownPvs()
                .map(
                    own ->
                        OwnPvs.start(
                            own, room.plantClock(), room.facility(), room.version(), stopWriting));
        return new Resources(
            journal, control, ownPvs, putLog(room, config, journal), listening, life, "");
      } catch (EpicsException e) {
        String trouble = "our own PVs are not served: " + e.getMessage();
        LOG.error("{}", trouble);
        return new Resources(
            journal,
            control,
            Optional.empty(),
            putLog(room, config, journal),
            listening,
            life,
            trouble);
      }
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  private static Optional<PutLogFeed> putLog(
      RoomContext room, GatewayConfig config, FileJournal journal) {
    Path position = folder(room).resolve("put-log.properties");
    return config.putLog().map(kafka -> new PutLogFeed(journal, position, kafka, room.wallClock()));
  }

  /** Ends the put log, then the journal that it reads. */
  void closeJournal() {
    putLog.ifPresent(PutLogFeed::close);
    listening.close();
    journal.close();
  }

  /** The gateway's own folder. */
  static Path folder(RoomContext room) {
    return room.data();
  }

  /**
   * Ends the client and our own PVs: puts under way end as not answered, which the journal can
   * still take.
   */
  void closeNetwork() {
    control.close();
    ownPvs.ifPresent(OwnPvs::close);
  }

  /** How to reach the control system. */
  static PvClientSettings clientSettings(GatewayConfig config) {
    PvClientSettings usual = PvClientSettings.of(HostPort.loopback(0));
    return new PvClientSettings(
        config.servers(),
        config.beaconPort(),
        usual.connectionTimeout(),
        usual.longestSearchInterval(),
        usual.queueSize(),
        usual.maxMessageBytes(),
        config.pva(),
        config.caServers().isEmpty()
            ? Optional.empty()
            : Optional.of(CaSettings.of(config.caServers())));
  }
}
