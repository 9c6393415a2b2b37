package org.orrery.server.runtime;

import org.orrery.contract.Person;

/**
 * A local account.
 *
 * @param person name and roles
 * @param passwordHash bcrypt hash; never the password
 */
public record Account(Person person, String passwordHash) {
  /** Without the hash. */
  @Override
  public String toString() {
    return "Account[" + person + "]";
  }
}
