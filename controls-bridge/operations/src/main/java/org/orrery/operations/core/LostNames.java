package org.orrery.operations.core;

import java.util.ArrayList;
import java.util.List;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.operations.DeviceLock;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.operations.TagOut;

/**
 * Tag-outs and reservations of what another facility description had, and the present one does not.
 * Pure and stateless.
 */
public final class LostNames {
  private LostNames() {}

  /** One sentence for each of them: what it means now and what to do. */
  public static List<String> told(OperationsState state, Facility facility) {
    List<String> told = new ArrayList<>();
    for (TagOut tag : state.tagOuts()) {
      List<String> unknown = tag.unknown(facility);
      if (!unknown.isEmpty()) {
        told.add(
            lost(String.join(", ", unknown), "tagged out", tag.owner(), tag.reason())
                + "nothing is written to any device until "
                + tag.owner()
                + " lifts the tag-out of "
                + tag.device()
                + ", or the name is put back");
      } else if (facility.devicesOf(tag.device()).isEmpty()) {
        told.add(
            lost(tag.device(), "tagged out", tag.owner(), tag.reason())
                + String.join(", ", tag.members())
                + ", which it meant then, stays tagged out until "
                + tag.owner()
                + " lifts it");
      }
    }
    for (DeviceLock lock : state.locks()) {
      if (facility.devicesOf(lock.device()).isEmpty()) {
        told.add(
            lost(lock.device(), "reserved", lock.owner(), lock.reason())
                + "it keeps nothing; "
                + lock.owner()
                + " reserves the device under its new name");
      }
    }
    return told;
  }

  private static String lost(String name, String what, String owner, String reason) {
    return name
        + " is "
        + what
        + " by "
        + owner
        + " ("
        + reason
        + ") and is not in the facility description any more: ";
  }
}
