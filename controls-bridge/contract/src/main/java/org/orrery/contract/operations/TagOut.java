package org.orrery.contract.operations;

import java.util.List;
import java.util.stream.Stream;
import org.orrery.contract.facility.Facility;

/**
 * A device, or a group of devices, that nobody may operate because somebody works on it; never
 * expires, not by another facility description either.
 *
 * @param device the device or group of the facility description
 * @param owner who set it, and who alone may lift it
 * @param reason why
 * @param sinceNs since when, wall ns
 * @param members the devices that this meant when it was set; empty where an earlier version of
 *     Orrery set it
 */
public record TagOut(
    String device, String owner, String reason, long sinceNs, List<String> members) {
  public TagOut {
    members = List.copyOf(members);
  }

  /** One that does not say which devices it meant. */
  public TagOut(String device, String owner, String reason, long sinceNs) {
    this(device, owner, reason, sinceNs, List.of());
  }

  /**
   * Whether nothing may be written to a device: because it is what is tagged out now or what was
   * when that was done, or because a device that is tagged out has another name by now, which may
   * be this one.
   */
  public boolean bars(String other, Facility facility) {
    return Stream.concat(Stream.of(device), members.stream())
            .anyMatch(name -> facility.devicesOf(name).contains(other))
        || !unknown(facility).isEmpty();
  }

  /** Those of its devices that the facility description does not have any more. */
  public List<String> unknown(Facility facility) {
    List<String> meant = members.isEmpty() ? List.of(device) : members;
    return meant.stream().filter(name -> facility.devicesOf(name).isEmpty()).toList();
  }
}
