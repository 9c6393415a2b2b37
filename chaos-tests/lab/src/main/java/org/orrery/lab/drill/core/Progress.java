package org.orrery.lab.drill.core;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.orrery.contract.drill.DrillDebrief.Trace;
import org.orrery.contract.drill.DrillEntry;
import org.orrery.contract.drill.DrillState.Phase;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.value.Value;

/**
 * How far a drill is. Deeply immutable; made by {@link Drill} alone.
 *
 * @param phase where it stands
 * @param beganNs since when the detector is watched, plant ns
 * @param agreesSinceNs since when the twin agrees without a break, plant ns
 * @param startedNs when the drill was started, plant ns
 * @param endedNs when it was over, plant ns
 * @param onsetNs when the trouble began, plant ns
 * @param ordersGiven how many of the hidden orders were given
 * @param walksSent how often somebody was sent to the rack
 * @param record everything that happened, in the order of its hearing
 * @param walks who is on the way, in the order of sending
 * @param readings the newest value of every watched channel
 * @param recovery whether what broke is well again
 * @param exposure how long data were bad
 * @param traces the telling channels so far
 */
public record Progress(
    Phase phase,
    long beganNs,
    OptionalLong agreesSinceNs,
    OptionalLong startedNs,
    OptionalLong endedNs,
    OptionalLong onsetNs,
    int ordersGiven,
    int walksSent,
    List<DrillEntry> record,
    List<Walk> walks,
    Map<ChannelId, Value> readings,
    Recovery recovery,
    Exposure exposure,
    List<Trace> traces) {

  /**
   * Somebody on the way to the rack.
   *
   * @param number counts from 0
   * @param action the id of the action
   * @param by who sent them
   * @param dueNs when they have done it, plant ns
   * @param arrived whether the orders were given and the answer is awaited
   */
  record Walk(int number, String action, String by, long dueNs, boolean arrived) {}

  /** Before anything was heard. */
  static Progress begun(DrillScenario scenario, long nowNs) {
    return new Progress(
        Phase.PREPARING,
        nowNs,
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        0,
        0,
        List.of(),
        List.of(),
        Map.of(),
        Recovery.NONE,
        Exposure.from(nowNs),
        scenario.traces().stream().map(channel -> new Trace(channel, List.of())).toList());
  }
}
