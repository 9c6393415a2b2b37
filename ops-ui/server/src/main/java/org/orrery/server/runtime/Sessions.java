package org.orrery.server.runtime;

import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.orrery.contract.Person;
import org.orrery.contract.time.WallClock;

/**
 * Who is signed in. A session lives twelve hours after its last use, one shift and a half. Kept in
 * memory: a restart signs everybody out. Not thread-safe: the server's event loop owns it.
 */
final class Sessions {
  static final String COOKIE = "orrery_session";
  private static final long LIFE_NS = 12L * 3600 * 1_000_000_000;
  private static final int MOST = 1_000;
  private static final long FAILURE_WINDOW_NS = 60_000_000_000L;
  private static final int MOST_FAILURES = 10;

  private final WallClock clock;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Session> sessions = new HashMap<>();
  private final Map<String, Failures> failures = new HashMap<>();

  Sessions(WallClock clock) {
    this.clock = clock;
  }

  /** One signed-in browser. */
  record Session(String token, String csrfToken, Person person, long usedNs) {}

  private record Failures(int count, long sinceNs) {}

  Session open(Person person) {
    sessions.values().removeIf(s -> clock.nowNs() - s.usedNs() > LIFE_NS);
    if (sessions.size() >= MOST) {
      sessions.values().stream()
          .min(Comparator.comparingLong(Session::usedNs))
          .ifPresent(oldest -> sessions.remove(oldest.token()));
    }
    Session session = new Session(token(), token(), person, clock.nowNs());
    sessions.put(session.token(), session);
    return session;
  }

  Optional<Session> find(String token) {
    Session session = sessions.get(token);
    if (session == null || clock.nowNs() - session.usedNs() > LIFE_NS) {
      sessions.remove(token);
      return Optional.empty();
    }
    Session used =
        new Session(session.token(), session.csrfToken(), session.person(), clock.nowNs());
    sessions.put(token, used);
    return Optional.of(used);
  }

  /** True while a session lasts; does not count as its use. */
  boolean lives(String token) {
    Session session = sessions.get(token);
    return session != null && clock.nowNs() - session.usedNs() <= LIFE_NS;
  }

  void close(String token) {
    sessions.remove(token);
  }

  /** Signs an account out everywhere, because its roles or its password changed. */
  void closeAll(String name) {
    sessions.values().removeIf(s -> s.person().name().equals(name));
  }

  /**
   * True while ten wrong passwords came within a minute: guessing is slowed down.
   *
   * @param name the account; with a browser in front, what came from there alone
   */
  boolean blocked(String name) {
    Failures f = failures.get(name);
    return f != null
        && f.count() >= MOST_FAILURES
        && clock.nowNs() - f.sinceNs() < FAILURE_WINDOW_NS;
  }

  void failed(String name) {
    long now = clock.nowNs();
    if (failures.size() >= MOST) {
      failures.values().removeIf(f -> now - f.sinceNs() > FAILURE_WINDOW_NS);
    }
    if (failures.size() >= MOST && !failures.containsKey(name)) {
      // Made-up names come once; the account that is being guessed at must not be forgotten.
      failures.entrySet().stream()
          .min(Comparator.comparingInt(known -> known.getValue().count()))
          .ifPresent(fewest -> failures.remove(fewest.getKey()));
    }
    failures.merge(
        name,
        new Failures(1, now),
        (old, fresh) ->
            now - old.sinceNs() > FAILURE_WINDOW_NS
                ? fresh
                : new Failures(old.count() + 1, old.sinceNs()));
  }

  private String token() {
    byte[] bytes = new byte[24];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
