package org.orrery.simulator.plan;

import java.util.List;

/**
 * How the simulator wants the order that starts a fault. Immutable.
 *
 * @param targets what the fault may be aimed at, as arguments, for example {@code pump=a}; empty if
 *     there is nothing to choose
 * @param severity whether it takes a severity
 * @param ramp whether it takes a time of growth
 */
public record OrderForm(List<String> targets, boolean severity, boolean ramp) {
  /** Severity and time of growth, nothing to choose. */
  public static final OrderForm PLAIN = new OrderForm(List.of(), true, true);

  /** Nothing but the code. */
  public static final OrderForm BARE = new OrderForm(List.of(), false, false);

  public OrderForm {
    targets = List.copyOf(targets);
  }
}
