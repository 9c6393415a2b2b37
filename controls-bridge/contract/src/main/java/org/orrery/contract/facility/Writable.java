package org.orrery.contract.facility;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.orrery.contract.value.Value;

/**
 * What may be written to a channel.
 *
 * @param low lowest value, in the channel's unit; ignored for choices
 * @param high highest value, in the channel's unit; ignored for choices
 * @param maxStep largest change of one write, in the channel's unit
 * @param minIntervalNs shortest time between two writes, wall ns
 * @param readback the channel that shows what the device took; the channel itself where absent
 * @param readbackTolerance largest accepted difference between written and read back, in the
 *     channel's unit
 * @param safeDirection which way is always towards safety
 * @param safeChoices choice labels that are always towards safety
 * @param localSwitch the channel of the device's local/remote switch, which must say REMOTE
 * @param momentary whether the device returns to its idle value by itself: then the idle value read
 *     back does not tell whether a write arrived
 * @param budget most writes within a time, where there is one
 * @param armedIn detector modes in which it may be written; empty for what the groups of its device
 *     say
 */
public record Writable(
    double low,
    double high,
    OptionalDouble maxStep,
    long minIntervalNs,
    Optional<ChannelId> readback,
    double readbackTolerance,
    SafeDirection safeDirection,
    List<String> safeChoices,
    Optional<ChannelId> localSwitch,
    boolean momentary,
    Optional<WriteBudget> budget,
    Set<String> armedIn) {
  public Writable {
    if (!(low <= high)) {
      throw new IllegalArgumentException("writable range must ascend, got " + low + " to " + high);
    }
    safeChoices = List.copyOf(safeChoices);
    armedIn = Set.copyOf(armedIn);
  }

  /** Without a budget, in every mode that the groups of the device allow. */
  public Writable(
      double low,
      double high,
      OptionalDouble maxStep,
      long minIntervalNs,
      Optional<ChannelId> readback,
      double readbackTolerance,
      SafeDirection safeDirection,
      List<String> safeChoices,
      Optional<ChannelId> localSwitch,
      boolean momentary) {
    this(
        low,
        high,
        maxStep,
        minIntervalNs,
        readback,
        readbackTolerance,
        safeDirection,
        safeChoices,
        localSwitch,
        momentary,
        Optional.empty(),
        Set.of());
  }

  /**
   * True where a write moves from the present value in the direction that is always towards safety,
   * or chooses what always is.
   */
  public boolean towardsSafety(Value now, Value written) {
    if (written instanceof Value.ChoiceValue choice) {
      return safeChoices.contains(choice.label());
    }
    OptionalDouble from = now.asDouble();
    OptionalDouble to = written.asDouble();
    if (from.isEmpty() || to.isEmpty()) {
      return false;
    }
    double a = from.getAsDouble();
    double b = to.getAsDouble();
    return switch (safeDirection) {
      case NONE -> false;
      case UP -> b >= a;
      case DOWN -> b <= a;
      case TOWARDS_ZERO -> Math.abs(b) <= Math.abs(a) && a * b >= 0;
    };
  }

  /** Which way a value moves towards safety. */
  public enum SafeDirection {
    NONE,
    UP,
    DOWN,
    TOWARDS_ZERO
  }
}
