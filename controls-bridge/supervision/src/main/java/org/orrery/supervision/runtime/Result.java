package org.orrery.supervision.runtime;

import org.orrery.contract.proposal.Proposal;
import org.orrery.supervision.core.lifecycle.Refusal;

/** What became of an event. */
sealed interface Result {
  /** The proposal moved, and that is on record. */
  record Moved(Proposal proposal) implements Result {}

  /** The proposal stayed. */
  record Stayed(Refusal refusal) implements Result {}

  /** There is no such proposal at hand. */
  record NoSuchProposal() implements Result {}

  /** The record could not be written, so nothing happened. */
  record NotOnRecord(String why) implements Result {
    static NotOnRecord because(Throwable failure) {
      return new NotOnRecord(String.valueOf(failure.getMessage()));
    }
  }

  /** Its turn came when nobody waited for the answer any more, so nothing happened. */
  record TooLate() implements Result {}

  /** Too many others wait for the record, so it was not taken at all. */
  record TooMany(int waiting) implements Result {}
}
