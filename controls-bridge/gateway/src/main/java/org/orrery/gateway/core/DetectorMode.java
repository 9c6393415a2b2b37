package org.orrery.gateway.core;

import java.util.Optional;

/**
 * The detector mode as the gate takes it. One that is not known for certain is not known, which is
 * the strictest answer: no channel is armed in it, and no access rule of a mode speaks for anybody.
 *
 * @param name the mode; empty where it is not known
 * @param doubt why it is not known, as a clause for people; empty where it is
 */
record DetectorMode(Optional<String> name, String doubt) {
  static DetectorMode of(String name) {
    return new DetectorMode(Optional.of(name), "");
  }

  static DetectorMode unknown(String doubt) {
    return new DetectorMode(Optional.empty(), doubt);
  }
}
