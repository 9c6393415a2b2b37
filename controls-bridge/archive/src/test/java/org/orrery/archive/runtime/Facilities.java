package org.orrery.archive.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.value.ValueKind;

/** Facilities for tests. */
final class Facilities {
  private Facilities() {}

  /** Numeric channels; the subsystem of each is the first word of its id. */
  static Facility of(String... ids) {
    Map<ChannelId, Channel> channels = new LinkedHashMap<>();
    for (String id : ids) {
      channels.put(
          new ChannelId(id),
          new Channel(
              new ChannelId(id),
              "TEST:" + id,
              ValueKind.DOUBLE,
              "",
              "",
              id.substring(0, id.indexOf('.')),
              "device",
              "",
              List.of(),
              0,
              0,
              AlarmSettings.NONE,
              Optional.empty(),
              List.of()));
    }
    return new Facility("test", "Test", "UTC", true, List.of("PHYSICS"), List.of(), channels);
  }
}
