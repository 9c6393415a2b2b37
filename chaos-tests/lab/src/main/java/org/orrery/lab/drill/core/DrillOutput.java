package org.orrery.lab.drill.core;

import java.util.List;

/** What a drill wants done. */
public sealed interface DrillOutput {
  /**
   * Lines for the simulator's own control, to be given one after the other until one is refused.
   *
   * @param key comes back with the answer
   * @param lines the lines
   */
  record GiveOrders(String key, List<String> lines) implements DrillOutput {
    public GiveOrders {
      lines = List.copyOf(lines);
    }
  }

  /** The trainee's request is declined; the reason says what to do instead. */
  record Declined(String reason) implements DrillOutput {}

  /** The drill is over. */
  record Ended() implements DrillOutput {}
}
