package org.orrery.lab.drill.core;

import java.util.Map;
import java.util.OptionalLong;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.value.Value;
import org.orrery.lab.drill.core.DrillScenario.RecoveryRule;

/**
 * Whether what broke is well again: it counts only after it was seen broken. Immutable.
 *
 * @param broken whether it was seen broken since the onset
 * @param goodSinceNs since when it is good without a break, plant ns
 */
record Recovery(boolean broken, OptionalLong goodSinceNs) {
  static final Recovery NONE = new Recovery(false, OptionalLong.empty());

  /** After a reading, with the onset past. */
  Recovery seen(RecoveryRule rule, Map<ChannelId, Value> readings, long nowNs) {
    boolean good = rule.when().stream().allMatch(condition -> condition.holds(readings));
    if (!good) {
      return broken && goodSinceNs.isEmpty() ? this : new Recovery(true, OptionalLong.empty());
    }
    return broken && goodSinceNs.isEmpty() ? new Recovery(true, OptionalLong.of(nowNs)) : this;
  }

  /** When it became good, once that has held long enough. */
  OptionalLong recoveredNs(RecoveryRule rule, long nowNs) {
    return goodSinceNs.isPresent() && nowNs - goodSinceNs.getAsLong() >= rule.holdNs()
        ? goodSinceNs
        : OptionalLong.empty();
  }
}
