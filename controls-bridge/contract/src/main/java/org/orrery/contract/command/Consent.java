package org.orrery.contract.command;

import java.util.Optional;
import java.util.Set;
import org.orrery.contract.CanonicalBytes;
import org.orrery.contract.Person.Role;

/**
 * Somebody's say in a command, as it is on record: who it was, and what they might do when they
 * said it.
 *
 * @param person the account name
 * @param roles their roles then; empty where those are not on record
 * @param atNs when, wall ns; 0 where that is not on record
 */
public record Consent(String person, Set<Role> roles, long atNs) {
  public Consent {
    roles = Set.copyOf(roles);
  }

  /** As the record has it. */
  public static Consent of(String person, Optional<Set<Role>> roles, long atNs) {
    return new Consent(person, roles.orElse(Set.of()), atNs);
  }

  /** By a name and no more, as commands had it before roles were on record. */
  static Consent named(String person) {
    return new Consent(person, Set.of(), 0);
  }

  boolean isNameOnly() {
    return roles.isEmpty() && atNs == 0;
  }

  void encode(CanonicalBytes bytes) {
    bytes
        .text(person)
        .list(roles.stream().map(Role::name).sorted().toList(), CanonicalBytes::text)
        .integer(atNs);
  }
}
