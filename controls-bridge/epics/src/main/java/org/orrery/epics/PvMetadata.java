package org.orrery.epics;

import java.util.List;
import java.util.Optional;
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
 * @param grid axes of an array that is a map; absent for every other PV
 */
public record PvMetadata(
    ValueKind kind,
    String egu,
    String description,
    Range display,
    Range control,
    Limits alarm,
    List<String> choices,
    Optional<PvGrid> grid) {
  public PvMetadata {
    choices = List.copyOf(choices);
    if (grid.isPresent() && kind != ValueKind.DOUBLE_ARRAY) {
      throw new IllegalArgumentException("a map is of kind DOUBLE_ARRAY, not " + kind);
    }
  }

  /** A PV that is no map. */
  public PvMetadata(
      ValueKind kind,
      String egu,
      String description,
      Range display,
      Range control,
      Limits alarm,
      List<String> choices) {
    this(kind, egu, description, display, control, alarm, choices, Optional.empty());
  }

  /** A histogram, in counts per bin. */
  public static PvMetadata histogram(String egu, String description) {
    return new PvMetadata(
        ValueKind.HISTOGRAM, egu, description, Range.NONE, Range.NONE, Limits.NONE, List.of());
  }

  /** A map, in counts per bin. */
  public static PvMetadata map(String description, PvGrid grid) {
    return new PvMetadata(
        ValueKind.DOUBLE_ARRAY,
        "",
        description,
        Range.NONE,
        Range.NONE,
        Limits.NONE,
        List.of(),
        Optional.of(grid));
  }
}
