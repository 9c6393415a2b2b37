package org.orrery.simulator.plan;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a plan is drawn from, beside the seed. Immutable.
 *
 * @param assumptions rates, lengths and weights, taken at nominal
 * @param days length of the plan
 * @param orders how the simulator wants the orders; a class that is not there is plain
 */
public record PlanConfig(
    OperationsAssumptions assumptions, int days, Map<FaultClass, OrderForm> orders) {
  private static final int MOST_DAYS = 3_660;

  /** Each lie has its own course, so that it takes neither severity nor time of growth. */
  private static final List<String> LYING_SENSORS =
      List.of(
          "channel=cryo.rtd.t07 drift=0.02/h",
          "channel=cryo.rtd.t20 bias=0.3",
          "channel=cryo.rtd.t33 dead",
          "channel=cryo.level.dp bias=-30",
          "channel=cryo.level.dp noise=15",
          "channel=cryo.pressure.gauge drift=0.5/h",
          "channel=cryo.pressure.gauge stuck",
          "channel=cryo.ln2.level stuck",
          "channel=purif.flow bias=-0.3",
          "channel=purif.prm2.lifetime dead",
          "channel=hv.chain.c2 noise=0.5",
          "channel=env.barometer drift=1/h");

  public PlanConfig {
    if (days < 1 || days > MOST_DAYS) {
      throw new IllegalArgumentException(
          "a plan has 1 to %d days, not %d".formatted(MOST_DAYS, days));
    }
    orders = Map.copyOf(orders);
  }

  /** Returns how the simulator wants the order of a class. */
  public OrderForm order(FaultClass fault) {
    return orders.getOrDefault(fault, OrderForm.PLAIN);
  }

  /** Returns a month of 30 days of the reference detector. */
  public static PlanConfig month(OperationsAssumptions assumptions) {
    return new PlanConfig(assumptions, 30, referenceOrders());
  }

  /** Returns a year of 365 days of the reference detector. */
  public static PlanConfig year(OperationsAssumptions assumptions) {
    return new PlanConfig(assumptions, 365, referenceOrders());
  }

  /** Returns the orders of the reference detector: its pumps, boards, planes and lying sensors. */
  public static Map<FaultClass, OrderForm> referenceOrders() {
    return Map.ofEntries(
        Map.entry(FaultClass.F2, OrderForm.BARE),
        Map.entry(FaultClass.F4, OrderForm.BARE),
        Map.entry(FaultClass.F5, new OrderForm(List.of("pump=a", "pump=b"), true, true)),
        Map.entry(FaultClass.F6, new OrderForm(List.of("filter=a", "filter=b"), true, true)),
        Map.entry(FaultClass.F9, OrderForm.BARE),
        Map.entry(FaultClass.F13, numbered("board", 30)),
        Map.entry(FaultClass.F17, numbered("board", 30)),
        Map.entry(
            FaultClass.F19, new OrderForm(List.of("plane=g", "plane=u", "plane=x"), true, true)),
        Map.entry(FaultClass.F20, numbered("detector", 12)),
        Map.entry(FaultClass.F21, new OrderForm(LYING_SENSORS, false, false)),
        Map.entry(FaultClass.F22, new OrderForm(List.of(), false, true)),
        Map.entry(FaultClass.F23, numbered("chain", 4)));
  }

  private static OrderForm numbered(String what, int count) {
    return new OrderForm(
        IntStream.rangeClosed(1, count).mapToObj(i -> what + "=" + i).toList(), true, true);
  }
}
