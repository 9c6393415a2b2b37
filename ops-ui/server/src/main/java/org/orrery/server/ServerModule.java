package org.orrery.server;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Deployable;
import java.util.Optional;
import java.util.Set;
import org.orrery.bus.RoomContext;
import org.orrery.contract.Person.Role;
import org.orrery.server.runtime.AccountStore;
import org.orrery.server.runtime.DatabaseAccounts;
import org.orrery.server.runtime.Passwords;
import org.orrery.server.runtime.ServerVerticle;
import org.orrery.store.Database;
import org.orrery.store.DatabaseUnavailableException;

/** The server of one running system. Thread-safe. */
public final class ServerModule {
  private final AccountStore accounts;
  private final ServerVerticle verticle;
  private volatile boolean firstMayBeThere;

  ServerModule(AccountStore accounts, ServerVerticle verticle) {
    this.accounts = accounts;
    this.verticle = verticle;
  }

  /**
   * Makes the server; it shows what is live even while its database is down.
   *
   * @param context what every room is handed
   * @param config how the server faces people
   * @param database the server's own schema
   * @param metrics what {@code /metrics} shows
   */
  public static ServerModule create(
      RoomContext context,
      ServerConfig config,
      Database database,
      PrometheusMeterRegistry metrics) {
    AccountStore accounts = new DatabaseAccounts(database);
    return new ServerModule(accounts, new ServerVerticle(context, config, accounts, metrics));
  }

  /** What to deploy, once. */
  public Deployable verticle() {
    return verticle;
  }

  /** The port that the server is bound to, once deployed. */
  public int port() {
    return verticle.port();
  }

  /**
   * Makes the first account, with every role, where there is none; blocks. May be tried again after
   * an exception of the database.
   *
   * @return its password, to be shown once; empty where there were accounts already
   */
  public Optional<String> firstAccount(String name) {
    if (!firstMayBeThere && !accounts.all().isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(account(name, Set.of(Role.SHIFTER, Role.EXPERT, Role.ADMIN)));
    } catch (DatabaseUnavailableException e) {
      if (e.outcomeUnknown()) {
        // Nobody has seen the password of the account that may be there: it needs another.
        firstMayBeThere = true;
      }
      throw e;
    }
  }

  /**
   * Makes an account, or gives the one of that name a new password; blocks.
   *
   * @return its password, to be shown once
   */
  public String account(String name, Set<Role> roles) {
    Passwords passwords = new Passwords();
    String password = passwords.make();
    accounts.put(passwords.account(name, password, roles));
    return password;
  }
}
