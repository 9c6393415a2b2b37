package org.orrery.app.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.orrery.archive.ArchiveConfig;
import org.orrery.epics.client.PvaOptions;

/**
 * How this installation runs, as the site description states it.
 *
 * @param port HTTP port on loopback
 * @param publicRead whether pages can be read without signing in, as a wall display needs
 * @param epicsServers PVA servers to search, each {@code host:port} of its search port; empty for
 *     the soft IOC's
 * @param simulation how the stand-in runs, where the detector is simulated
 * @param kafkaServers bootstrap servers of the site's Kafka; absent for the embedded broker
 * @param database the site's database; absent for the embedded one
 * @param twin how the twin runs
 * @param rawDays how many plant days of raw samples the archive keeps; 0 keeps all
 * @param retention channels of which it keeps raw samples shorter or longer
 * @param caServers Channel Access servers to search, each {@code host:port} of its search port;
 *     empty for none
 * @param ownPvs where Orrery's own PVs are served
 * @param pva which pvAccess client is used, and its name servers and key store
 * @param phoebus the site's Phoebus alarm server, whose alarms are mirrored
 */
public record Site(
    int port,
    boolean publicRead,
    List<String> epicsServers,
    Simulation simulation,
    Optional<String> kafkaServers,
    Optional<SiteDatabase> database,
    Twin twin,
    int rawDays,
    List<ArchiveConfig.Group> retention,
    List<String> caServers,
    OwnPvs ownPvs,
    PvaOptions pva,
    Optional<Phoebus> phoebus) {
  public Site {
    retention = List.copyOf(retention);
    epicsServers = List.copyOf(epicsServers);
    caServers = List.copyOf(caServers);
  }

  /** pvAccess alone by the built-in client, our own PVs on private ports, and no Phoebus. */
  public Site(
      int port,
      boolean publicRead,
      List<String> epicsServers,
      Simulation simulation,
      Optional<String> kafkaServers,
      Optional<SiteDatabase> database,
      Twin twin,
      int rawDays) {
    this(
        port,
        publicRead,
        epicsServers,
        simulation,
        kafkaServers,
        database,
        twin,
        rawDays,
        List.of(),
        List.of(),
        OwnPvs.PRIVATE,
        PvaOptions.USUAL,
        Optional.empty());
  }

  /**
   * Orrery's own PVs.
   *
   * @param prefix what their names begin with, before the colon
   * @param bind IPv4 address of the interface that serves them
   * @param serverPort TCP port; 0 for any free one
   * @param searchPort UDP port of searches; 0 for any free one
   * @param caPort port of Channel Access, TCP and UDP; 0 for any free ones
   */
  public record OwnPvs(String prefix, String bind, int serverPort, int searchPort, int caPort) {
    /** On this machine only, on any free ports, which the log tells. */
    public static final OwnPvs PRIVATE = new OwnPvs("ORRERY", "127.0.0.1", 0, 0, 0);
  }

  /**
   * A Phoebus alarm server.
   *
   * @param servers bootstrap servers of its Kafka
   * @param config the name of its alarm configuration
   */
  public record Phoebus(String servers, String config) {}

  /**
   * The stand-in detector.
   *
   * @param factor plant seconds per wall second
   * @param seed seed of the stand-in
   */
  public record Simulation(double factor, long seed) {}

  /**
   * A database of the site.
   *
   * @param url JDBC URL
   * @param user database user
   * @param passwordFile file that holds the password
   */
  public record SiteDatabase(String url, String user, Path passwordFile) {}

  /**
   * The twin.
   *
   * @param members ensemble size
   * @param device {@code auto}, {@code cpu} or {@code gpu}
   */
  public record Twin(int members, String device) {}
}
