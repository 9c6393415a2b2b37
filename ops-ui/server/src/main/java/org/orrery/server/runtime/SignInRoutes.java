package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.Person;
import org.orrery.contract.Person.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signing in and out, and the accounts themselves. Owned by the server's event loop. */
final class SignInRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(SignInRoutes.class);
  private static final int SHORTEST_PASSWORD = 12;

  /** Each check takes a worker thread for about 0.2 s; other rooms need workers too. */
  private static final int MOST_CHECKING = 6;

  /** Besides, for browsers in which that person signed in before. */
  private static final int MOST_CHECKING_KNOWN = 2;

  private static final long COOKIE_SECONDS = 12L * 3600;
  private static final long BROWSER_SECONDS = 90L * 24 * 3600;

  private final Vertx vertx;
  private final AccountStore accounts;
  private final Passwords passwords;
  private final Sessions sessions;
  private final Guard guard;
  private final KnownBrowsers browsers = new KnownBrowsers();
  private int checking;
  private int checkingKnown;

  SignInRoutes(
      Vertx vertx, AccountStore accounts, Passwords passwords, Sessions sessions, Guard guard) {
    this.vertx = vertx;
    this.accounts = accounts;
    this.passwords = passwords;
    this.sessions = sessions;
    this.guard = guard;
  }

  void mount(Router router) {
    router.get("/api/v1/session").handler(c -> answer(c, guard.session(c).orElse(null)));
    router.post("/api/v1/session").handler(this::signIn);
    router.delete("/api/v1/session").handler(this::signOut);
    router.get("/api/v1/accounts").handler(guard.seeing(Role.ADMIN, this::list));
    router.post("/api/v1/accounts").handler(guard.acting(Set.of(Role.ADMIN), this::add));
  }

  private void signIn(RoutingContext c) {
    ObjectNode body = Json.readObject(c.body().asString());
    String name = Json.text(body, "name");
    String password = Json.text(body, "password");
    Cookie cookie = c.request().getCookie(KnownBrowsers.COOKIE);
    Optional<String> known = browsers.of(cookie == null ? null : cookie.getValue(), name);
    // Whoever guesses elsewhere uses up neither the attempts nor the turn of a known browser.
    String guesser = known.map(id -> id + "\n" + name).orElse(name);
    if (sessions.blocked(guesser)) {
      Failure.send(
          c, 429, "Too many attempts", "ten wrong passwords within a minute", "Wait a minute.");
      return;
    }
    boolean reserved = known.isPresent() && checkingKnown < MOST_CHECKING_KNOWN;
    if (!reserved && checking >= MOST_CHECKING) {
      Failure.send(
          c, 429, "Too many at once", "others are signing in just now", "Try again in a second.");
      return;
    }
    occupy(reserved, 1);
    vertx
        .executeBlocking(() -> checked(name, password), false)
        .onComplete(ignored -> occupy(reserved, -1))
        .onFailure(
            failure ->
                Failure.send(
                    c,
                    503,
                    "Not available now",
                    "accounts cannot be read: " + failure.getMessage(),
                    "Whoever is signed in stays so; try again when the database is up."))
        .onSuccess(account -> signedIn(c, name, guesser, account));
  }

  private void occupy(boolean reserved, int turns) {
    if (reserved) {
      checkingKnown += turns;
    } else {
      checking += turns;
    }
  }

  private Optional<Account> checked(String name, String password) {
    // An account of Orrery's own name may be there since before such names were refused.
    Optional<Account> account =
        accounts.find(name).filter(known -> !Account.isOrrerysOwn(known.person().name()));
    if (account.isEmpty()) {
      passwords.matchesNobody(password);
    }
    return account.filter(known -> passwords.matches(known, password));
  }

  private void signedIn(RoutingContext c, String name, String guesser, Optional<Account> account) {
    if (account.isEmpty()) {
      sessions.failed(guesser);
      LOG.info("sign-in of {} failed", name.replaceAll("[^A-Za-z0-9._-]", "?"));
      Failure.send(
          c,
          401,
          "Wrong name or password",
          "they do not fit together",
          "Check both and try again.");
      return;
    }
    Sessions.Session session = sessions.open(account.get().person());
    Guard.setCookie(c, Sessions.COOKIE, session.token(), COOKIE_SECONDS);
    Guard.setCookie(c, KnownBrowsers.COOKIE, browsers.mark(name), BROWSER_SECONDS);
    LOG.info("{} signed in", session.person().name());
    answer(c, session);
  }

  private void signOut(RoutingContext c) {
    guard.session(c).ifPresent(session -> sessions.close(session.token()));
    Guard.setCookie(c, Sessions.COOKIE, "", 0);
    answer(c, null);
  }

  private void list(RoutingContext c) {
    vertx
        .executeBlocking(accounts::all, false)
        .onFailure(
            failure ->
                Failure.send(c, 503, "Not available now", "accounts cannot be read", "Try later."))
        .onSuccess(all -> send(c, Json.array(all, a -> person(a.person()))));
  }

  private void add(RoutingContext c, Person admin) {
    ObjectNode body = Json.readObject(c.body().asString());
    String name = Json.text(body, "name");
    String password = Json.text(body, "password");
    if (password.length() < SHORTEST_PASSWORD) {
      throw new Json.BadRequestException(
          "a password needs at least " + SHORTEST_PASSWORD + " characters");
    }
    if (!Passwords.fits(password)) {
      throw new Json.BadRequestException("a password has at most 72 bytes");
    }
    if (Account.isOrrerysOwn(name)) {
      throw new Json.BadRequestException(
          "the name '"
              + name
              + "' is that of Orrery itself, no person may have it; choose another");
    }
    Set<Role> roles = roles(body);
    try {
      new Person(name, roles);
    } catch (IllegalArgumentException e) {
      throw new Json.BadRequestException(String.valueOf(e.getMessage()));
    }
    vertx
        .executeBlocking(
            () -> {
              Account account = passwords.account(name, password, roles);
              accounts.put(account);
              return account;
            },
            false)
        .onFailure(
            failure ->
                Failure.send(
                    c, 503, "Not available now", "accounts cannot be written", "Try later."))
        .onSuccess(
            account -> {
              sessions.closeAll(name);
              LOG.info("{} set the account of {} with roles {}", admin.name(), name, roles);
              send(c, person(account.person()));
            });
  }

  private static Set<Role> roles(ObjectNode body) {
    EnumSet<Role> roles = EnumSet.noneOf(Role.class);
    JsonNode list = body.get("roles");
    if (list != null) {
      for (JsonNode item : list) {
        try {
          roles.add(Role.valueOf(item.asText()));
        } catch (IllegalArgumentException e) {
          throw new Json.BadRequestException(
              "roles must be among " + List.of(Role.values()) + ", got " + item.asText());
        }
      }
    }
    return roles;
  }

  private static ObjectNode person(Person person) {
    ObjectNode node = Json.object();
    node.put("name", person.name());
    node.set("roles", Json.texts(person.roles().stream().map(Role::name).sorted().toList()));
    return node;
  }

  private static void answer(RoutingContext c, Sessions.@Nullable Session session) {
    ObjectNode node = Json.object();
    node.set("user", session == null ? null : person(session.person()));
    node.put("csrfToken", session == null ? null : session.csrfToken());
    send(c, node);
  }

  private static void send(RoutingContext c, JsonNode node) {
    c.response()
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(Json.write(node));
  }
}
