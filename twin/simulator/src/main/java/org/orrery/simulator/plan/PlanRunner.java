package org.orrery.simulator.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.orrery.simulator.CommandReply;
import org.orrery.simulator.DetectorSimulator;
import org.orrery.simulator.Reading;
import org.orrery.simulator.plan.PlannedEvent.PlannedFault;
import org.orrery.simulator.plan.PlannedEvent.WeatherFront;

/**
 * Runs a detector through a plan without the rest of Orrery: it gives the orders of the plan at
 * their times. Instead of a crew it has a caretaker, who looks once per hour and then needs as long
 * as the first repair takes; or nobody. Beam, shifts and planned work are in the plan for whoever
 * reads it; the bare detector does not care. Not thread-safe.
 *
 * <p>The same detector and plan give the same readings, however the caller slices its steps.
 */
public final class PlanRunner {
  private static final long WATCH_NS = 600_000_000_000L;

  /** Published: a streamer that ends by itself has burnt 6 hours or more. */
  private static final long SELF_QUENCH_NS = 6 * 3_600_000_000_000L;

  private final DetectorSimulator simulator;
  private final OperationsAssumptions assumptions;
  private final boolean caretaker;
  private final StreamerRest streamers;
  private final Map<String, FaultClass> classes = new HashMap<>();
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparingLong(Due::timeNs).thenComparingInt(Due::rank));
  private final List<Given> log = new ArrayList<>();
  private int ranks;

  /** What happened to an order. */
  public enum Outcome {
    /** The simulator carried it out. */
    DONE,
    /** The simulator refused it, for example because it does not know the fault yet. */
    REFUSED,
    /** It was not given, because its cause was over or a streamer could not come about. */
    VOID
  }

  /**
   * An order and its outcome.
   *
   * @param timeNs plant time
   * @param order the line
   * @param outcome what happened to it
   * @param reply of the simulator, or the reason
   */
  public record Given(long timeNs, String order, Outcome outcome, String reply) {}

  private record Due(long timeNs, int rank, Runnable action) {}

  /**
   * Prepares a run from the start of the plan.
   *
   * @param simulator a detector not yet stepped past the start of the plan
   * @param plan what happens
   * @param assumptions for the caretaker and the streamers
   * @param caretaker whether somebody repairs
   */
  public PlanRunner(
      DetectorSimulator simulator,
      OperationsPlan plan,
      OperationsAssumptions assumptions,
      boolean caretaker) {
    this.simulator = simulator;
    this.assumptions = assumptions;
    this.caretaker = caretaker;
    this.streamers = new StreamerRest(assumptions.streamers(), plan.seed());
    for (PlannedFault fault : plan.faults()) {
      classes.put(fault.id(), fault.fault());
      at(fault.startNs(), () -> start(fault));
    }
    for (WeatherFront front : plan.weather()) {
      at(front.startNs(), () -> give(front.order()));
    }
  }

  /** Lets the detector live until {@code toNs} and returns its readings in order of time. */
  public List<Reading> advanceTo(long toNs) {
    List<Reading> readings = new ArrayList<>();
    for (Due next = due.peek(); next != null && next.timeNs() <= toNs; next = due.peek()) {
      due.remove();
      readings.addAll(simulator.step(next.timeNs()));
      next.action().run();
    }
    readings.addAll(simulator.step(toNs));
    return readings;
  }

  /** Returns all orders so far, with their outcomes. */
  public List<Given> log() {
    return List.copyOf(log);
  }

  private void at(long timeNs, Runnable action) {
    due.add(new Due(timeNs, ranks++, action));
  }

  private void start(PlannedFault fault) {
    boolean causeOver =
        fault.needsCause()
            && fault.cause().map(classes::get).map(cause -> !acts(cause)).orElse(false);
    if (causeOver) {
      note(fault.order(), Outcome.VOID, "its cause is over");
    } else if (fault.fault() == FaultClass.F1 && !streamers.mayStart(simulator.timeNs())) {
      note(fault.order(), Outcome.VOID, "no charge for a streamer");
    } else if (give(fault.order())) {
      follow(fault);
    }
  }

  private void follow(PlannedFault fault) {
    if (fault.fault() == FaultClass.F1) {
      // The simulator ends a streamer itself; how it ended decides when the next may come.
      streamers.started();
      at(simulator.timeNs() + WATCH_NS, () -> watch(fault.startNs()));
    }
    List<Repair> repairs = assumptions.fault(fault.fault()).repairs();
    if (caretaker && fault.fault() != FaultClass.F1 && !repairs.isEmpty()) {
      double seconds =
          assumptions.responseTimes().hourlyCheck().seconds()
              + assumptions.repair(repairs.getFirst()).takes().seconds();
      at(simulator.timeNs() + Draws.ns(seconds), () -> repair(fault));
    }
  }

  private void watch(long startedNs) {
    if (acts(FaultClass.F1)) {
      at(simulator.timeNs() + WATCH_NS, () -> watch(startedNs));
    } else {
      long nowNs = simulator.timeNs();
      streamers.ended(nowNs, nowNs - startedNs >= SELF_QUENCH_NS);
    }
  }

  private void repair(PlannedFault repaired) {
    FaultClass fault = repaired.fault();
    if (fault == FaultClass.F4) {
      give("hand hv.cathode.reset 1");
    } else if (acts(fault)) {
      give(Orders.clear(repaired.order()));
    }
    if (fault == FaultClass.F4 || fault == FaultClass.F11 || fault == FaultClass.F22) {
      give("hand hv.cathode.enable 1");
    }
  }

  private boolean acts(FaultClass fault) {
    return simulator.truth().stream()
        .anyMatch(active -> active.fault().code().equals(fault.name()));
  }

  private boolean give(String order) {
    CommandReply reply = simulator.command(order);
    note(order, reply.done() ? Outcome.DONE : Outcome.REFUSED, reply.text());
    return reply.done();
  }

  private void note(String order, Outcome outcome, String reply) {
    log.add(new Given(simulator.timeNs(), order, outcome, reply));
  }
}
