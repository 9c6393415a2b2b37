package org.orrery.app;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A room and the rooms that it may know. A new edge is a decision: it is changed here and in the
 * room's POM, and its reason is recorded in {@code docs/adr}.
 *
 * @param folder where the room's POM stands, from the root of the tree
 * @param packageName its base package
 * @param hasFace whether other rooms may name only its {@code …Module} and {@code …Config}
 * @param mayKnow the artifact names, without {@code orrery-}, of the rooms that it may name
 */
record Room(String folder, String packageName, boolean hasFace, Set<String> mayKnow) {

  private static final Map<String, Room> TABLE = new LinkedHashMap<>();

  static {
    String[] feature = {"contract", "bus", "store"};
    plain("contract", "controls-bridge/contract", "org.orrery.contract");
    plain("process", "controls-bridge/process", "org.orrery.process");
    plain("bus", "controls-bridge/bus", "org.orrery.bus", "contract", "process");
    plain("store", "controls-bridge/store", "org.orrery.store", "contract", "process");
    plain("epics", "controls-bridge/epics", "org.orrery.epics", "contract");
    plain(
        "epics-core-pva",
        "controls-bridge/epics-core-pva",
        "org.orrery.epics.corepva",
        "contract",
        "epics");
    plain("simulator", "twin/simulator", "org.orrery.simulator", "contract");
    plain(
        "soft-ioc",
        "twin/soft-ioc",
        "org.orrery.softioc",
        "contract",
        "bus",
        "simulator",
        "epics",
        "process");
    faced("gateway", "controls-bridge/gateway", "org.orrery.gateway", "contract", "bus", "epics");
    faced("archive", "controls-bridge/archive", "org.orrery.archive", feature);
    faced("alarms", "controls-bridge/alarms", "org.orrery.alarms", feature);
    faced("operations", "controls-bridge/operations", "org.orrery.operations", feature);
    faced("supervision", "controls-bridge/supervision", "org.orrery.supervision", feature);
    faced("model", "twin/model", "org.orrery.twin", feature);
    faced("dqm", "dqm", "org.orrery.dqm", feature);
    faced("predictive-maintenance", "predictive-maintenance", "org.orrery.maintenance", feature);
    faced("calibration-agent", "calibration-agent", "org.orrery.calibration", feature);
    faced("knowledge-base", "knowledge-base", "org.orrery.knowledge", feature);
    faced("shifter-assistant", "shifter-assistant", "org.orrery.assistant", feature);
    faced("server", "ops-ui/server", "org.orrery.server", feature);
    plain("lab", "chaos-tests/lab", "org.orrery.lab", everythingSoFar());
    plain("app", "ops-ui/app", "org.orrery.app", everythingSoFar());
    plain("scenarios", "chaos-tests/scenarios", "org.orrery.scenarios", everythingSoFar());
  }

  static List<Room> all() {
    return List.copyOf(TABLE.values());
  }

  static Room named(String name) {
    Room room = TABLE.get(name);
    if (room == null) {
      throw new IllegalArgumentException("no room named " + name);
    }
    return room;
  }

  /** The artifact name without {@code orrery-}. */
  String name() {
    return TABLE.entrySet().stream()
        .filter(entry -> entry.getValue().equals(this))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }

  boolean mayKnow(Room other) {
    return other.equals(this) || mayKnow.contains(other.name());
  }

  /** The room's packages, in ArchUnit's notation. */
  String packages() {
    return packageName + "..";
  }

  /** The packages of rooms that stand inside of this one's, in ArchUnit's notation. */
  String[] nested() {
    return TABLE.values().stream()
        .filter(other -> other.packageName.startsWith(packageName + "."))
        .map(Room::packages)
        .toArray(String[]::new);
  }

  @Override
  public String toString() {
    return name();
  }

  private static void plain(String name, String folder, String packageName, String... mayKnow) {
    TABLE.put(name, new Room(folder, packageName, false, orderedSet(mayKnow)));
  }

  private static void faced(String name, String folder, String packageName, String... mayKnow) {
    TABLE.put(name, new Room(folder, packageName, true, orderedSet(mayKnow)));
  }

  private static Set<String> orderedSet(String[] names) {
    return new LinkedHashSet<>(List.of(names));
  }

  private static String[] everythingSoFar() {
    return TABLE.keySet().toArray(String[]::new);
  }
}
