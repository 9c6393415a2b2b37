package org.orrery.contract.facility;

import java.util.List;
import java.util.Optional;
import org.orrery.contract.value.ValueKind;

/**
 * One channel of the facility as its description states it.
 *
 * @param id the stable name
 * @param pv the PV address: {@code pva://NAME} over pvAccess, {@code ca://NAME} over Channel
 *     Access; a name alone over pvAccess, or over Channel Access where the site lists no pvAccess
 *     servers
 * @param kind the kind of its values
 * @param unit UCUM code, for example {@code mbar}; empty for none; nothing is converted on a write
 * @param egu the site's engineering unit as the PV shows it; equal to {@code unit} where the site
 *     uses the same
 * @param subsystem the subsystem's name, for example {@code cryostat}
 * @param device the device that the channel belongs to; locks and tag-outs name devices
 * @param description one line for people
 * @param choices labels of an enumerated channel in order; empty for other kinds
 * @param cadenceNs expected time between updates, plant ns; 0 for a channel that only speaks on
 *     change
 * @param deadBand change below which an update may be left out under load, in the channel's unit
 * @param alarm how its alarms behave
 * @param writable what may be written; absent for read-only channels
 * @param procedures links to procedures
 */
public record Channel(
    ChannelId id,
    String pv,
    ValueKind kind,
    String unit,
    String egu,
    String subsystem,
    String device,
    String description,
    List<String> choices,
    long cadenceNs,
    double deadBand,
    AlarmSettings alarm,
    Optional<Writable> writable,
    List<String> procedures) {
  public Channel {
    choices = List.copyOf(choices);
    procedures = List.copyOf(procedures);
    if ((kind == ValueKind.CHOICE) == choices.isEmpty()) {
      throw new IllegalArgumentException(
          "channel " + id + ": choices must be listed for kind CHOICE and for no other kind");
    }
  }
}
