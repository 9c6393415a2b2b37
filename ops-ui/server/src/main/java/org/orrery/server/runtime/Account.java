package org.orrery.server.runtime;

import org.orrery.contract.Person;

/**
 * A local account.
 *
 * @param person name and roles
 * @param passwordHash bcrypt hash; never the password
 */
public record Account(Person person, String passwordHash) {
  /**
   * Whether a name is that under which Orrery itself acts, in any case of its letters: what a
   * person of that name asks for would count as asked by nobody.
   */
  static boolean isOrrerysOwn(String name) {
    return name.equalsIgnoreCase(Person.ORRERY.name());
  }

  /** Without the hash. */
  @Override
  public String toString() {
    return "Account[" + person + "]";
  }
}
