package org.orrery.app.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.orrery.app.config.Site;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.Facility;

/** Checks that every PV can be reached over the protocol that its address names. Stateless. */
final class PvProtocols {
  private static final String PVA = "pva://";
  private static final String CA = "ca://";

  /** Channels that a message names before it counts the rest. */
  private static final int NAMED = 5;

  private PvProtocols() {}

  /**
   * What is wrong. A simulated detector is served over pvAccess, and a site's PVs without a prefix
   * are sought over pvAccess where it lists servers for it, else over Channel Access.
   */
  static List<String> problems(Path facilityFile, Facility facility, Path siteFile, Site site) {
    List<Channel> channels = List.copyOf(facility.channels().values());
    List<String> problems = new ArrayList<>();
    List<Channel> unknown =
        channels.stream()
            .filter(c -> c.pv().contains("://"))
            .filter(c -> !c.pv().startsWith(PVA) && !c.pv().startsWith(CA))
            .toList();
    if (!unknown.isEmpty()) {
      problems.add(
          "%s: %s name no protocol that is spoken here; write pva://NAME or ca://NAME"
              .formatted(facilityFile, named(unknown)));
    }
    List<Channel> overCa = channels.stream().filter(c -> c.pv().startsWith(CA)).toList();
    if (!overCa.isEmpty() && facility.simulated()) {
      problems.add(
          "%s: %s are sought over Channel Access, but a simulated detector is served over pvAccess;"
                  .formatted(facilityFile, named(overCa))
              + " leave 'ca://' out");
    } else if (!overCa.isEmpty() && site.caServers().isEmpty()) {
      problems.add(
          "%s: %s are sought over Channel Access, but %s lists no 'controls.ca-servers'"
              .formatted(facilityFile, named(overCa), siteFile));
    }
    List<Channel> overPva = channels.stream().filter(c -> c.pv().startsWith(PVA)).toList();
    if (!overPva.isEmpty()
        && !facility.simulated()
        && site.epicsServers().isEmpty()
        && !site.caServers().isEmpty()) {
      problems.add(
          "%s: %s are sought over pvAccess, but %s lists no 'controls.pva-servers'"
              .formatted(facilityFile, named(overPva), siteFile));
    }
    return problems;
  }

  private static String named(List<Channel> channels) {
    List<String> pvs = channels.stream().limit(NAMED).map(c -> "'" + c.pv() + "'").toList();
    int more = channels.size() - pvs.size();
    return String.join(", ", pvs) + (more > 0 ? " and " + more + " more" : "");
  }
}
