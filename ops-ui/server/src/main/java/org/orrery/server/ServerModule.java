package org.orrery.server;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Set;
import org.orrery.bus.RoomContext;
import org.orrery.contract.Person.Role;
import org.orrery.server.runtime.Passwords;
import org.orrery.server.runtime.ServerVerticle;

/** Makes the server. Stateless. */
public final class ServerModule {
  private ServerModule() {}

  /** A verticle that serves the page, the API and the live stream. */
  public static ServerVerticle create(
      RoomContext context,
      ServerConfig config,
      AccountStore accounts,
      PrometheusMeterRegistry metrics) {
    return new ServerVerticle(context, config, accounts, metrics);
  }

  /**
   * Makes the first account where there is none.
   *
   * @return its password, to be shown once; empty where there were accounts already
   */
  public static String firstAccount(AccountStore accounts, String name) {
    if (!accounts.all().isEmpty()) {
      return "";
    }
    Passwords passwords = new Passwords();
    String password = passwords.make();
    accounts.put(passwords.account(name, password, Set.of(Role.SHIFTER, Role.EXPERT, Role.ADMIN)));
    return password;
  }
}
