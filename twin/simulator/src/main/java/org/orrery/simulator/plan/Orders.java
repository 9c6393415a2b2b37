package org.orrery.simulator.plan;

import java.util.Locale;

/** Order lines of the simulator's own control. */
final class Orders {
  /** What ends sooner, a discharge for example, ends by its nature and needs no time. */
  private static final double SHORTEST_SECONDS = 60.0;

  private Orders() {}

  /**
   * Starts a fault. The simulator ends a streamer itself.
   *
   * @param target the argument that aims it, or empty
   * @param lastsSeconds after which it ends by itself, s; infinite if it stays
   */
  static String start(
      FaultClass fault,
      OrderForm form,
      String target,
      double severity,
      double rampSeconds,
      double lastsSeconds) {
    StringBuilder line = new StringBuilder(fault + " start");
    if (!target.isEmpty()) {
      line.append(' ').append(target);
    }
    if (form.severity()) {
      line.append(String.format(Locale.ROOT, " severity=%.3f", severity));
    }
    if (form.ramp()) {
      line.append(String.format(Locale.ROOT, " ramp=%.0f", rampSeconds));
    }
    boolean ends = lastsSeconds >= SHORTEST_SECONDS && Double.isFinite(lastsSeconds);
    if (ends && fault != FaultClass.F1) {
      line.append(String.format(Locale.ROOT, " for=%.0f", lastsSeconds));
    }
    return line.toString();
  }

  /** Ends the fault that an order started, and no other of its class. */
  static String clear(String start) {
    String[] words = start.split(" ", -1);
    boolean aimed = words.length > 2 && !words[2].matches("(severity|ramp|for)=.*");
    return words[0] + " clear" + (aimed ? " " + words[2] : "");
  }
}
