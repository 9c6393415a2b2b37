package org.orrery.alarms.core;

import org.orrery.contract.sample.Severity;

/**
 * Something is wrong now, whether or not it is annunciated yet.
 *
 * @param severity how bad; never NONE
 * @param message what people read
 * @param sinceNs since when, plant ns
 */
record Condition(Severity severity, String message, long sinceNs) {
  Condition {
    if (severity == Severity.NONE) {
      throw new IllegalArgumentException("a condition has a severity: " + message);
    }
  }

  Condition since(long ns) {
    return new Condition(severity, message, ns);
  }
}
