package org.orrery.contract.drill;

/**
 * One line of a drill's record.
 *
 * @param atNs when, plant ns
 * @param kind what kind of thing happened
 * @param subject what it is about: the id of a diagnosis, an action, a channel or a playbook; empty
 *     for nothing in particular
 * @param text what people read
 * @param by who did it; empty for nobody
 * @param verdict whether it was right, where that can be said; neutral until the drill is over
 */
public record DrillEntry(
    long atNs, Kind kind, String subject, String text, String by, Verdict verdict) {

  /** What kind of thing happened. */
  public enum Kind {
    /** The drill began. */
    STARTED,
    /** Something was done to the simulated detector; hidden until the drill is over. */
    HIDDEN,
    /** The first alarm after the trouble began. */
    ALARM,
    /** A finding of a detector of Orrery's. */
    FINDING,
    /** Orrery ranked causes and another one leads. */
    RANKING,
    /** Orrery put a proposal before people. */
    PROPOSAL,
    /** The trainee said that something is wrong. */
    NOTICE,
    /** The trainee said what is wrong. */
    DIAGNOSIS,
    /** Somebody was sent to the rack. */
    SENT,
    /** Somebody at the rack did what they were sent for. */
    DONE,
    /** Somebody at the rack could not do it. */
    FAILED,
    /** Somebody acknowledged an alarm. */
    ACKNOWLEDGED,
    /** Somebody agreed to a proposal that needs another person still. */
    AGREED,
    /** Somebody approved a proposal, as the last who was needed. */
    APPROVED,
    /** Somebody rejected or aborted a proposal, or took it back. */
    REJECTED,
    /** Somebody stopped Orrery writing. */
    STOPPED_WRITING,
    /** What the drill watches is well again. */
    RECOVERED,
    /** The drill is over. */
    ENDED;

    /** True where the trainee may read it while the drill runs: their own doing. */
    public boolean open() {
      return switch (this) {
        case HIDDEN, ALARM, FINDING, RANKING, PROPOSAL, RECOVERED -> false;
        case STARTED,
            NOTICE,
            DIAGNOSIS,
            SENT,
            DONE,
            FAILED,
            ACKNOWLEDGED,
            AGREED,
            APPROVED,
            REJECTED,
            STOPPED_WRITING,
            ENDED ->
            true;
      };
    }
  }

  /** Whether something was right. */
  public enum Verdict {
    RIGHT,
    WRONG,
    NEUTRAL
  }

  /** The same line with another verdict. */
  public DrillEntry judged(Verdict other) {
    return new DrillEntry(atNs, kind, subject, text, by, other);
  }
}
