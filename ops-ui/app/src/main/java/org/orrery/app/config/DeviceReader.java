package org.orrery.app.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.orrery.contract.facility.DeviceGroup;
import org.orrery.contract.facility.DeviceLimits;
import org.orrery.contract.facility.WriteBudget;

/** Reads what a facility description says about devices and their groups. Not thread-safe. */
final class DeviceReader {
  private final List<String> modes;
  private final Set<String> devices;

  /**
   * @param modes the detector modes
   * @param devices the devices that channels refer to
   */
  DeviceReader(List<String> modes, Set<String> devices) {
    this.modes = modes;
    this.devices = devices;
  }

  Map<String, DeviceLimits> limits(YamlMap root) {
    Map<String, DeviceLimits> limits = new LinkedHashMap<>();
    for (YamlMap template : root.maps("devices")) {
      for (YamlMap entry : Expansion.expand(template)) {
        String name = entry.requiredText("name");
        known(entry, "name", name);
        DeviceLimits read = new DeviceLimits(name, entry.durationNs("min-interval"), budget(entry));
        entry.finish();
        if (limits.put(name, read) != null) {
          entry.problem("name", "device '" + name + "' is described twice; keep one of them");
        }
      }
    }
    return limits;
  }

  Map<String, DeviceGroup> groups(YamlMap root) {
    Map<String, DeviceGroup> groups = new LinkedHashMap<>();
    for (YamlMap entry : root.maps("groups")) {
      String name = entry.requiredText("name");
      if (devices.contains(name)) {
        entry.problem("name", "group '" + name + "' has the name of a device; rename the group");
      }
      List<String> members = entry.texts("devices");
      if (members.isEmpty()) {
        entry.problem("devices", "group '" + name + "' has no devices; list them or leave it out");
      }
      members.forEach(member -> known(entry, "devices", member));
      DeviceGroup group =
          new DeviceGroup(name, entry.requiredText("title"), members, armedIn(entry, modes));
      entry.finish();
      if (groups.put(name, group) != null) {
        entry.problem("name", "group '" + name + "' is described twice; keep one of them");
      }
    }
    return groups;
  }

  private void known(YamlMap entry, String key, String device) {
    if (!device.isEmpty() && !devices.contains(device)) {
      entry.problem(key, "no channel belongs to device '" + device + "'; correct the name");
    }
  }

  /** The modes under {@code armed-in}; empty for every mode. */
  static Set<String> armedIn(YamlMap entry, List<String> modes) {
    List<String> armed = entry.texts("armed-in");
    if (entry.has("armed-in") && armed.isEmpty()) {
      entry.problem("armed-in", "'armed-in' names no mode; leave it out for every mode");
    }
    for (String mode : armed) {
      if (!modes.contains(mode)) {
        entry.problem("armed-in", "mode '" + mode + "' is not described; known: " + modes);
      }
    }
    return Set.copyOf(armed);
  }

  /** The budget under {@code budget}, where there is one. */
  static Optional<WriteBudget> budget(YamlMap entry) {
    return entry
        .map("budget")
        .flatMap(
            map -> {
              OptionalDouble writes = map.number("writes");
              long perNs = map.durationNs("per");
              map.finish();
              try {
                return Optional.of(new WriteBudget((int) writes.orElse(0), perNs));
              } catch (IllegalArgumentException e) {
                entry.problem("budget", e.getMessage() + "; write {writes: 10, per: 1 min}");
                return Optional.empty();
              }
            });
  }
}
