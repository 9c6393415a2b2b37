package org.orrery.epics;

import java.util.List;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.value.ValueKind;

/**
 * What a PV says about itself. Immutable.
 *
 * <p>Whether it may be written is not part of it: pvAccess does not tell a client before it tries.
 *
 * @param kind the kind of its values
 * @param egu engineering unit as the source writes it; empty for none
 * @param description one line; empty for none
 * @param display range of a display
 * @param control range that the source accepts in a put
 * @param alarm limits at which the source raises alarms; none where inactive or not stated
 * @param choices labels of an enumerated PV in order; empty for other kinds
 */
public record PvMetadata(
    ValueKind kind,
    String egu,
    String description,
    Range display,
    Range control,
    Limits alarm,
    List<String> choices) {
  public PvMetadata {
    choices = List.copyOf(choices);
  }
}
