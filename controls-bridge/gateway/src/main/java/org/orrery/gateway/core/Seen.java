package org.orrery.gateway.core;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.value.Closeness;
import org.orrery.contract.value.Value;

/**
 * What the read-back showed since the put was sent. A value that has gone again was not kept,
 * except where the device is meant to return by itself. Not thread-safe.
 */
final class Seen {
  private final Value written;
  private final Value before;
  private final Writable writable;
  private @Nullable Value kept;
  private boolean ever;
  private String last = "nothing yet";

  /**
   * @param before what it showed before the put
   */
  Seen(Value written, Value before, Writable writable) {
    this.written = written;
    this.before = before;
    this.writable = writable;
  }

  /** It shows a value that can be trusted. */
  void value(Value now) {
    last = now.display();
    if (same(written, now)) {
      kept = now;
      ever = true;
    } else {
      nothing();
    }
  }

  /** What it shows cannot be trusted. */
  void nothing() {
    if (!writable.momentary()) {
      kept = null;
    }
  }

  /** The written value as it is shown; empty where it is not. */
  Optional<Value> kept() {
    return Optional.ofNullable(kept);
  }

  /** True where the written value was shown and has gone. */
  boolean letGo() {
    return ever && kept == null;
  }

  /** True where the device surely shows what it always showed; false where it may have returned. */
  boolean untouched(Value now) {
    boolean mayHaveReturned = writable.momentary() || (ever && !same(written, before));
    return !mayHaveReturned && same(before, now);
  }

  /** The last value, for people. */
  String last() {
    return last;
  }

  private boolean same(Value one, Value other) {
    return Closeness.same(one, other, writable.readbackTolerance());
  }
}
