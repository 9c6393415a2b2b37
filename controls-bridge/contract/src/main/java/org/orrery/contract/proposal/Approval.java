package org.orrery.contract.proposal;

import java.util.Optional;
import java.util.Set;
import org.orrery.contract.Bytes;
import org.orrery.contract.Person.Role;

/**
 * One person's yes to exactly one plan.
 *
 * @param person the account name
 * @param planHash hash of the plan that the person saw
 * @param atNs when, wall ns
 * @param reason the person's words; may be empty
 * @param roles what the person might do then; absent on records from before that was kept
 */
public record Approval(
    String person, Bytes planHash, long atNs, String reason, Optional<Set<Role>> roles) {
  public Approval {
    roles = roles.map(Set::copyOf);
  }

  /** One that does not say what the person might do, as records from before have it. */
  public Approval(String person, Bytes planHash, long atNs, String reason) {
    this(person, planHash, atNs, reason, Optional.empty());
  }
}
