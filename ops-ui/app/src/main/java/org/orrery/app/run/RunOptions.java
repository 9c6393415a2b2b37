package org.orrery.app.run;

import java.nio.file.Path;
import java.util.Optional;
import org.orrery.app.config.Site;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.facility.Facility;
import org.orrery.lab.drill.core.DrillScenario;

/**
 * What one start is made of.
 *
 * @param facility the facility
 * @param site how this installation runs
 * @param access who may have what written
 * @param data the data directory
 * @param port HTTP port; 0 for any free one
 * @param ackLedger where to write down every sample that Kafka acknowledged
 * @param drill the training drill that is played, where one is
 * @param roles what this process runs
 * @param version version of the running code
 */
public record RunOptions(
    Facility facility,
    Site site,
    AccessRules access,
    Path data,
    int port,
    Optional<Path> ackLedger,
    Optional<DrillScenario> drill,
    Roles roles,
    String version) {
  /** For the only process there is. */
  public RunOptions(
      Facility facility,
      Site site,
      AccessRules access,
      Path data,
      int port,
      Optional<Path> ackLedger,
      Optional<DrillScenario> drill,
      String version) {
    this(facility, site, access, data, port, ackLedger, drill, Roles.ALL, version);
  }
}
