package org.orrery.contract.operations;

import java.util.List;
import java.util.Optional;

/**
 * How the facility is run right now.
 *
 * @param mode the detector mode by name; {@code UNKNOWN} before the DAQ told
 * @param run the current or last run, once one is known
 * @param control who holds control, if anyone
 * @param tagOuts all tag-outs
 * @param locks all devices that somebody has reserved
 * @param ended the newest reservations that have ended since operations started, the oldest first;
 *     said with every state, so that who ended them is known whatever message was lost
 */
public record OperationsState(
    String mode,
    Optional<Run> run,
    Optional<ControlHolder> control,
    List<TagOut> tagOuts,
    List<DeviceLock> locks,
    List<EndedLock> ended) {
  /** Before anything is known. */
  public static final OperationsState UNKNOWN =
      new OperationsState("UNKNOWN", Optional.empty(), Optional.empty(), List.of());

  public OperationsState {
    tagOuts = List.copyOf(tagOuts);
    locks = List.copyOf(locks);
    ended = List.copyOf(ended);
  }

  /** No reservation has ended lately. */
  public OperationsState(
      String mode,
      Optional<Run> run,
      Optional<ControlHolder> control,
      List<TagOut> tagOuts,
      List<DeviceLock> locks) {
    this(mode, run, control, tagOuts, locks, List.of());
  }

  /** Nobody has reserved a device. */
  public OperationsState(
      String mode, Optional<Run> run, Optional<ControlHolder> control, List<TagOut> tagOuts) {
    this(mode, run, control, tagOuts, List.of());
  }
}
