package org.orrery.operations.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.DeviceGroup;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.value.ValueKind;

/** Facilities of which nothing matters but the names of devices and groups. */
public final class Plants {
  private Plants() {}

  /** One channel for each device. */
  public static Facility of(Map<String, List<String>> groups, String... devices) {
    Map<ChannelId, Channel> channels = new LinkedHashMap<>();
    for (String device : devices) {
      ChannelId id = new ChannelId(device + ".flow");
      channels.put(
          id,
          new Channel(
              id,
              "LAR:" + device,
              ValueKind.DOUBLE,
              "kg/s",
              "kg/s",
              "purification",
              device,
              "flow",
              List.of(),
              1,
              0,
              AlarmSettings.NONE,
              Optional.empty(),
              List.of()));
    }
    Map<String, DeviceGroup> described = new LinkedHashMap<>();
    groups.forEach(
        (name, members) -> described.put(name, new DeviceGroup(name, name, members, Set.of())));
    return new Facility("t", "t", "UTC", true, List.of(), List.of(), channels, Map.of(), described);
  }
}
