package org.orrery.contract.facility;

import java.util.List;
import java.util.Set;

/**
 * Devices that belong together: a tag-out of the group refuses all of them, and all are armed in
 * the same modes.
 *
 * @param name the name that tag-outs refer to; no device has it
 * @param title what people read
 * @param devices its devices
 * @param armedIn detector modes in which its devices may be written; empty for every mode
 */
public record DeviceGroup(String name, String title, List<String> devices, Set<String> armedIn) {
  public DeviceGroup {
    devices = List.copyOf(devices);
    armedIn = Set.copyOf(armedIn);
  }
}
