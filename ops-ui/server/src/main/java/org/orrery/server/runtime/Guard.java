package org.orrery.server.runtime;

import static java.util.stream.Collectors.joining;

import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.orrery.contract.Person;

/**
 * Sign-in at the door of every route: who is asking, may they, and did their own page ask (CSRF).
 * Owned by the server's event loop.
 */
final class Guard {
  private static final String CSRF_HEADER = "X-CSRF-Token";

  private final Sessions sessions;
  private final boolean publicRead;

  Guard(Sessions sessions, boolean publicRead) {
    this.sessions = sessions;
    this.publicRead = publicRead;
  }

  Optional<Sessions.Session> session(RoutingContext context) {
    Cookie cookie = context.request().getCookie(Sessions.COOKIE);
    return cookie == null ? Optional.empty() : sessions.find(cookie.getValue());
  }

  /**
   * Whether whoever asked may go on reading, as long as that may last. Asking is no use of the
   * session: a page that nobody touches is signed out like any other.
   */
  BooleanSupplier staying(RoutingContext context) {
    Cookie cookie = context.request().getCookie(Sessions.COOKIE);
    return publicRead || cookie == null
        ? () -> publicRead
        : () -> sessions.lives(cookie.getValue());
  }

  static void setCookie(RoutingContext context, String name, String token, long maxAgeSeconds) {
    context
        .response()
        .addCookie(
            Cookie.cookie(name, token)
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT)
                .setPath("/")
                .setMaxAge(maxAgeSeconds));
  }

  /** A route that only shows something. */
  Handler<RoutingContext> reading(Handler<RoutingContext> handler) {
    return context -> {
      if (publicRead || session(context).isPresent()) {
        handler.handle(context);
      } else {
        Failure.send(
            context, 401, "Not signed in", "this page needs an account", "Sign in and try again.");
      }
    };
  }

  /** A route that shows what only one role may see, public reading or not. */
  Handler<RoutingContext> seeing(Person.Role role, Handler<RoutingContext> handler) {
    return context -> {
      Optional<Sessions.Session> session = session(context);
      if (session.isEmpty()) {
        Failure.send(
            context, 401, "Not signed in", "this needs an account", "Sign in and try again.");
      } else if (!session.get().person().has(role)) {
        notAllowed(context, session.get().person(), role.name());
      } else {
        handler.handle(context);
      }
    };
  }

  /**
   * A route that changes something, open to anybody with a session and the page's own token; the
   * room that acts decides whether this person may.
   */
  Handler<RoutingContext> acting(BiConsumer<RoutingContext, Person> handler) {
    return context -> {
      Optional<Sessions.Session> session = session(context);
      if (session.isEmpty()) {
        Failure.send(
            context, 401, "Not signed in", "this needs an account", "Sign in and try again.");
        return;
      }
      if (!session.get().csrfToken().equals(context.request().getHeader(CSRF_HEADER))) {
        Failure.send(
            context,
            403,
            "Not from this page",
            "the header " + CSRF_HEADER + " does not fit the session",
            "Reload the page and try again.");
        return;
      }
      handler.accept(context, session.get().person());
    };
  }

  /** A route that changes something and needs one of these roles besides. */
  Handler<RoutingContext> acting(
      Set<Person.Role> roles, BiConsumer<RoutingContext, Person> handler) {
    String names = roles.stream().map(Person.Role::name).sorted().collect(joining(" or "));
    return acting(
        (context, person) -> {
          if (roles.stream().noneMatch(person::has)) {
            notAllowed(context, person, names);
          } else {
            handler.accept(context, person);
          }
        });
  }

  private static void notAllowed(RoutingContext context, Person person, String roles) {
    Failure.send(
        context,
        403,
        "Not allowed",
        person.name() + " does not have the role " + roles,
        "Ask somebody with the role " + roles + ".");
  }
}
