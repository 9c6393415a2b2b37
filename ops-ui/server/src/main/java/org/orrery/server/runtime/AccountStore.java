package org.orrery.server.runtime;

import java.util.List;
import java.util.Optional;

/** Keeps accounts. Implementations are thread-safe and may block. */
public interface AccountStore {
  /** The account with this name, if there is one. */
  Optional<Account> find(String name);

  /** Every account, by name. */
  List<Account> all();

  /** Adds an account, or replaces the one with the same name. */
  void put(Account account);
}
