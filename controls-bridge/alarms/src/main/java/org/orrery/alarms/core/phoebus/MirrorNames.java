package org.orrery.alarms.core.phoebus;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;

/** Under which key a PV of the alarm tree stands in our list. Immutable. */
final class MirrorNames {
  private static final String FOREIGN = "phoebus.";

  private final Map<String, Channel> channels = new HashMap<>();

  MirrorNames(Facility facility) {
    for (Channel channel : facility.channels().values()) {
      channels.putIfAbsent(PhoebusTree.plain(channel.pv()), channel);
    }
  }

  /** The facility's channel for a PV, if it has one. */
  Optional<Channel> channel(String pv) {
    return Optional.ofNullable(channels.get(pv));
  }

  /** The same key for the same PV in every life of the process. */
  AlarmKey key(String pv) {
    Channel channel = channels.get(pv);
    return new AlarmKey(channel == null ? foreign(pv) : channel.id(), AlarmKey.Kind.MIRRORED);
  }

  /** A PV that is no channel of the facility; names that would become one get a number. */
  private static ChannelId foreign(String pv) {
    String id =
        pv.toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9:]+", "-")
            .replaceAll("-*:[:-]*", ".")
            .replaceAll("^[.-]+|[.-]+$", "");
    boolean turnsBack = id.toUpperCase(Locale.ROOT).replace('.', ':').replace('-', '_').equals(pv);
    if (turnsBack) {
      return new ChannelId(FOREIGN + id);
    }
    CRC32 sum = new CRC32();
    sum.update(pv.getBytes(StandardCharsets.UTF_8));
    String number = String.format(Locale.ROOT, "%08x", sum.getValue());
    return new ChannelId(FOREIGN + (id.isEmpty() ? number : id + "-" + number));
  }
}
