package org.orrery.contract.proposal;

import org.orrery.contract.Bytes;
import org.orrery.contract.Person;

/** What a person decides about a proposal. */
public sealed interface DecisionRequest {
  /** Which proposal. */
  ProposalId proposal();

  /** Who decides. */
  Person person();

  /** The person's words. */
  String reason();

  /** Says yes to exactly the plan with this hash. */
  record Approve(ProposalId proposal, Bytes planHash, Person person, String reason)
      implements DecisionRequest {}

  /** Says no. */
  record Reject(ProposalId proposal, Person person, String reason) implements DecisionRequest {}

  /** Ends a proposal that is held, leaving the plant as it is. */
  record Abort(ProposalId proposal, Person person, String reason) implements DecisionRequest {}

  /**
   * Holds a plan that is being carried out or taken back, and ends one that has yet to begin;
   * anybody may.
   */
  record Stop(ProposalId proposal, Person person, String reason) implements DecisionRequest {}

  /** Takes back the steps of a held proposal, where they declare that safe. */
  record RollBack(ProposalId proposal, Person person, String reason) implements DecisionRequest {}
}
