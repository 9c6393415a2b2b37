package org.orrery.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import org.orrery.simulator.plant.StateCodec;

/** The local/remote keys at the racks; on LOCAL a device refuses every put. Not thread-safe. */
final class LocalSwitches {
  private final Map<String, Boolean> local = new LinkedHashMap<>();

  LocalSwitches() {
    for (String channel :
        new String[] {
          "hv.cathode.remote", "cryo.remote", "purif.pump-a.remote", "purif.pump-b.remote"
        }) {
      local.put(channel, false);
    }
  }

  boolean knows(String channel) {
    return local.containsKey(channel);
  }

  boolean isLocal(String channel) {
    return local.getOrDefault(channel, false);
  }

  void turn(String channel, boolean toLocal) {
    local.put(channel, toLocal);
  }

  /** Returns the positions of all keys, for {@link #recall}. */
  boolean[] remember() {
    boolean[] positions = new boolean[local.size()];
    int i = 0;
    for (boolean position : local.values()) {
      positions[i++] = position;
    }
    return positions;
  }

  void allRemote() {
    local.replaceAll((channel, value) -> false);
  }

  void recall(boolean[] positions) {
    int[] i = {0};
    local.replaceAll((channel, value) -> positions[i[0]++]);
  }

  void exchange(StateCodec codec) {
    local.replaceAll((channel, value) -> codec.ofBoolean(value));
  }
}
