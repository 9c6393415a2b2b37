package org.orrery.server.runtime;

import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.BiConsumer;
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

  static void setCookie(RoutingContext context, String token, long maxAgeSeconds) {
    context
        .response()
        .addCookie(
            Cookie.cookie(Sessions.COOKIE, token)
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

  /** A route that changes something: needs a session, the role and the page's own token. */
  Handler<RoutingContext> acting(Person.Role role, BiConsumer<RoutingContext, Person> handler) {
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
      Person person = session.get().person();
      if (!person.has(role)) {
        Failure.send(
            context,
            403,
            "Not allowed",
            person.name() + " does not have the role " + role,
            "Ask somebody with the role " + role + ".");
        return;
      }
      handler.accept(context, person);
    };
  }
}
