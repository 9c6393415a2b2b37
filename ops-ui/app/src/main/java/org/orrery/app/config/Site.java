package org.orrery.app.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.orrery.archive.ArchiveConfig;

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
    List<ArchiveConfig.Group> retention) {
  public Site {
    retention = List.copyOf(retention);
    epicsServers = List.copyOf(epicsServers);
  }

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
