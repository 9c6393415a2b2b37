package org.orrery.contract.proposal;

import java.util.List;
import java.util.Optional;
import org.orrery.contract.CanonicalBytes;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.value.Value;

/**
 * One write of a plan, with what must hold before it, what must come of it and what is done when
 * that does not come.
 *
 * @param title what people read, for example {@code Start standby pump B}
 * @param channel what is written to
 * @param value what is written, in the channel's unit
 * @param unit UCUM code
 * @param preconditions what must hold right before the write
 * @param verification what must come of it; all limits together make one joint test
 * @param holdState what state the plant is left in when the step misses, in words; it must be
 *     tolerable for as long as it takes a person to come
 * @param undo the write that takes the step back, where that is declared safe
 * @param timeoutNs how long the put may take before its outcome is unknown, wall ns
 */
public record Step(
    String title,
    ChannelId channel,
    Value value,
    String unit,
    List<Precondition> preconditions,
    List<VerificationLimit> verification,
    String holdState,
    Optional<Undo> undo,
    long timeoutNs) {
  public Step {
    preconditions = List.copyOf(preconditions);
    verification = List.copyOf(verification);
  }

  /** The same step with other verification limits, as set from a rehearsal. */
  public Step withVerification(List<VerificationLimit> limits) {
    return new Step(title, channel, value, unit, preconditions, limits, holdState, undo, timeoutNs);
  }

  /** Appends this to bytes that a hash covers. */
  public void encode(CanonicalBytes bytes) {
    bytes.text(title).text(channel.value());
    value.encode(bytes);
    bytes
        .text(unit)
        .list(preconditions, (b, p) -> p.encode(b))
        .list(verification, (b, v) -> v.encode(b))
        .text(holdState)
        .flag(undo.isPresent());
    undo.ifPresent(u -> u.encode(bytes));
    bytes.integer(timeoutNs);
  }

  /**
   * The write that takes a step back.
   *
   * @param value what is written, in the channel's unit
   * @param preconditions what must hold right before it
   * @param because why it is safe
   */
  public record Undo(Value value, List<Precondition> preconditions, String because) {
    public Undo {
      preconditions = List.copyOf(preconditions);
    }

    private void encode(CanonicalBytes bytes) {
      value.encode(bytes);
      bytes.list(preconditions, (b, p) -> p.encode(b)).text(because);
    }
  }
}
