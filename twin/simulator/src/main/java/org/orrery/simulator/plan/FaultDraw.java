package org.orrery.simulator.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.orrery.simulator.plan.PlannedEvent.PlannedFault;

/** Draws the faults of one class that start by themselves, and all that they bring. */
final class FaultDraw {
  /**
   * A chain is no longer than this; the catalogue needs four: outage, condenser, discharge, chip.
   */
  private static final int LONGEST_CHAIN = 5;

  /** Many more than there are targets of a kind. */
  private static final int TURNS = 1_000_000;

  private final PlanConfig config;
  private final FaultClass root;
  private final Draws draws;
  private final long endNs;
  private final List<PlannedFault> faults = new ArrayList<>();

  FaultDraw(PlanConfig config, FaultClass root, Draws draws, long endNs) {
    this.config = config;
    this.root = root;
    this.draws = draws;
    this.endNs = endNs;
  }

  /** Returns the spontaneous faults from {@code startNs} on, with their followers. */
  List<PlannedFault> spontaneous(long startNs) {
    double perSecond = config.assumptions().fault(root).rate().perSecond();
    double gap = draws.gapSeconds(perSecond);
    long at = startNs;
    for (int i = 1; Double.isFinite(gap) && at + Draws.ns(gap) < endNs; i++) {
      at += Draws.ns(gap);
      add(root, at, root + "-" + i, Optional.empty(), false, -1, 1);
      gap = draws.gapSeconds(perSecond);
    }
    return faults;
  }

  /** Returns one fault that something else started, with its followers. */
  List<PlannedFault> started(long atNs, String id) {
    if (atNs < endNs) {
      add(root, atNs, id, Optional.empty(), false, -1, 1);
    }
    return faults;
  }

  private void add(
      FaultClass fault,
      long atNs,
      String id,
      Optional<String> cause,
      boolean needsCause,
      int chosen,
      int depth) {
    FaultAssumption assumed = config.assumptions().fault(fault);
    double severity = Math.round(draws.triangular(assumed.severity().range()) * 1e3) / 1e3;
    double ramp = Math.round(draws.lengthNs(assumed.ramp()) / Draws.NS_PER_SECOND);
    OptionalLong ends =
        assumed
            .endsByItself()
            .map(time -> OptionalLong.of(atNs + draws.lengthNs(time)))
            .orElse(OptionalLong.empty());
    double lasts =
        ends.isPresent()
            ? (ends.getAsLong() - atNs) / Draws.NS_PER_SECOND
            : Double.POSITIVE_INFINITY;
    OrderForm form = config.order(fault);
    // Drawn even where there is nothing to choose, so that new targets leave the times alone.
    int turn = draws.below(TURNS);
    String target = target(form, chosen < 0 ? turn : chosen);
    String order = Orders.start(fault, form, target, severity, ramp, lasts);
    if (atNs < endNs) {
      faults.add(new PlannedFault(id, atNs, fault, order, severity, ramp, ends, cause, needsCause));
    }
    if (depth < LONGEST_CHAIN) {
      for (FaultAssumption.Follower follower : assumed.followers()) {
        follow(follower, atNs, id, depth);
      }
    }
  }

  private void follow(FaultAssumption.Follower follower, long causeNs, String cause, int depth) {
    boolean comes = draws.chance(follower.probability());
    long count = comes ? Math.round(draws.triangular(follower.count().range())) : 0;
    int chosen = draws.below(TURNS);
    long at = causeNs;
    for (int i = 1; i <= count; i++) {
      // Several of one kind come at once where there are several targets to hit, as the two pumps.
      boolean together = i > 1 && config.order(follower.fault()).targets().size() > 1;
      long delay = draws.lengthNs(follower.delay());
      at += together ? 0 : delay;
      add(
          follower.fault(),
          at,
          cause + "/" + follower.fault() + "-" + i,
          Optional.of(cause),
          follower.needsCause(),
          chosen + i,
          depth + 1);
    }
  }

  private static String target(OrderForm form, int turn) {
    List<String> targets = form.targets();
    return targets.isEmpty() ? "" : targets.get(turn % targets.size());
  }
}
