package org.orrery.server.runtime;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Set;
import org.orrery.contract.Person;

/**
 * Hashes and checks passwords with bcrypt, and makes new ones. Thread-safe; hashing takes about 0.2
 * s on purpose.
 */
public final class Passwords {
  private static final int COST = 12;
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int LENGTH = 16;
  private static final int MOST_BYTES = 72;

  private final SecureRandom random = new SecureRandom();

  /** A new password of 16 letters and digits that cannot be mistaken for each other (79 bits). */
  public String make() {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      if (i > 0 && i % 4 == 0) {
        password.append('-');
      }
      password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return password.toString();
  }

  /** True where bcrypt reads all of it: at most 72 bytes. */
  static boolean fits(String password) {
    return password.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES;
  }

  /** Makes an account, whose password must fit. */
  public Account account(String name, String password, Set<Person.Role> roles) {
    return new Account(
        new Person(name, roles), BCrypt.with(random).hashToString(COST, password.toCharArray()));
  }

  /** True where the password is the account's. */
  public boolean matches(Account account, String password) {
    return fits(password)
        && BCrypt.verifyer().verify(password.toCharArray(), account.passwordHash()).verified;
  }

  /** Takes as long as {@link #matches}, so that nobody learns from the time which names exist. */
  void matchesNobody(String password) {
    if (fits(password)) {
      BCrypt.with(random).hash(COST, password.toCharArray());
    }
  }
}
