package org.orrery.gateway.core;

import java.util.ArrayList;
import java.util.List;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.value.ValueKind;

/** Compares what a PV says about itself with the facility description. Stateless. */
final class MetadataCheck {
  private MetadataCheck() {}

  /**
   * Every difference that makes the PV's values mean something else, in words; empty where there is
   * none.
   */
  static List<String> differences(Channel channel, ControlSystem.Description metadata) {
    List<String> found = new ArrayList<>();
    if (metadata.kind() != channel.kind()) {
      found.add("the PV carries " + metadata.kind() + ", the description says " + channel.kind());
    }
    boolean unitMatters = channel.kind() != ValueKind.CHOICE && channel.kind() != ValueKind.TEXT;
    String egu = metadata.egu().strip();
    if (unitMatters && !egu.equals(channel.egu()) && !egu.equals(channel.unit())) {
      found.add("the PV's unit is '" + egu + "', the description says '" + channel.egu() + "'");
    }
    if (channel.kind() == ValueKind.CHOICE && !metadata.choices().equals(channel.choices())) {
      found.add(
          "the PV's choices are "
              + metadata.choices()
              + ", the description says "
              + channel.choices());
    }
    return List.copyOf(found);
  }
}
