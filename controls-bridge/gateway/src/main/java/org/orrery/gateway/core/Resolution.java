package org.orrery.gateway.core;

import org.orrery.contract.value.Closeness;
import org.orrery.contract.value.Value;

/** Works an unknown outcome off by what the device reads now. Pure and stateless. */
final class Resolution {
  private Resolution() {}

  /** What reading back tells. */
  enum Told {
    /** The device shows the commanded value. */
    TAKEN,
    /**
     * The device shows what it showed before, and the server that was to take the put has gone on
     * answering since: see {@link Resolver}. Never certain, so it is watched on.
     */
    NOT_TAKEN,
    /**
     * The device shows neither: somebody else wrote, or it changed the value; or it always returns
     * to its idle value, and shows that. A person must look.
     */
    NEITHER,
    /** It does not show the commanded value, but the put may still be on its way. */
    TOO_EARLY
  }

  /**
   * Judges one reading taken after the attempt.
   *
   * @param written the commanded value
   * @param before what the read-back showed before the attempt
   * @param now what it shows now
   * @param setPoint what the set point itself shows now
   * @param tolerance largest accepted difference, in the channel's unit
   * @param momentary whether the device returns to its idle value by itself
   * @param quiet whether the set point's own server has answered for so long since the put ended
   *     that it would have come to the put
   */
  static Told judge(
      Value written,
      Value before,
      Value now,
      Value setPoint,
      double tolerance,
      boolean momentary,
      boolean quiet) {
    if (Closeness.same(written, now, tolerance)) {
      return Told.TAKEN;
    }
    if (!quiet) {
      return Told.TOO_EARLY;
    }
    boolean asBefore =
        Closeness.same(before, now, tolerance) && !Closeness.same(written, setPoint, tolerance);
    return !momentary && asBefore ? Told.NOT_TAKEN : Told.NEITHER;
  }
}
