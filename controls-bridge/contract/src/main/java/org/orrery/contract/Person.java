package org.orrery.contract;

import java.util.Set;

/**
 * A person as the sign-in knows them, or Orrery itself.
 *
 * @param name the account name
 * @param roles what the person may do
 */
public record Person(String name, Set<Role> roles) {
  /** Orrery acting on its own account: it may propose and never decide. */
  public static final Person ORRERY = new Person("orrery", Set.of());

  public Person {
    Id.check("person", name);
    roles = Set.copyOf(roles);
  }

  /**
   * True where the person holds the role; an administrator holds only the roles that are listed.
   */
  public boolean has(Role role) {
    return roles.contains(role);
  }

  /** What a person may do. */
  public enum Role {
    /** Sees everything, acknowledges alarms, takes control; stopping needs no role at all. */
    SHIFTER,
    /** May also approve and reject proposals and release a stop. */
    EXPERT,
    /** Manages accounts. */
    ADMIN
  }
}
