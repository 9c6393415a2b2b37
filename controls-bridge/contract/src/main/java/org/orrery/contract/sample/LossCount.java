package org.orrery.contract.sample;

/**
 * What one stage between a PV and a verdict did with its samples since it started. At rest {@code
 * in = out + squashed + dropped + pending}; late ones are counted within {@code out} as well.
 *
 * @param stage the stage, for example {@code feed.archive}
 * @param in samples that came in
 * @param out samples that went on
 * @param squashed samples left out because a newer one of the same channel replaced them, or within
 *     the dead-band
 * @param dropped samples thrown away
 * @param late samples that went on but arrived out of order or after their time
 * @param pending samples held now
 */
public record LossCount(
    String stage, long in, long out, long squashed, long dropped, long late, long pending) {

  /** Share of the incoming samples that went on, 0 to 1; 1 before the first sample. */
  public double completeness() {
    return in - pending <= 0 ? 1.0 : (double) out / (in - pending);
  }

  /**
   * What came in and is nowhere: neither gone on, nor left out, nor held. Anything but 0 is a
   * defect of the stage.
   */
  public long unaccounted() {
    return in - out - squashed - dropped - pending;
  }
}
