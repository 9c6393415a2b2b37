package org.orrery.twin.core.diagnosis;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.orrery.contract.twin.Agreement;
import org.orrery.twin.core.assimilation.Ensemble;
import org.orrery.twin.core.assimilation.Readings;
import org.orrery.twin.core.assimilation.TwinEngine;
import org.orrery.twin.core.model.StateVariable;

/**
 * The faults and lying sensors that the twin has taken into its model. A diagnosis beyond doubt
 * puts them in, so that forecasts and rehearsals start from the detector as it is; recovery, or
 * readings that contradict them, take them out. Mutable, not thread-safe.
 */
public final class WorkingModel {
  /** Doubts under a working hypothesis last so long before it is examined again, plant ns. */
  private static final long REEXAMINE_NS = 60_000_000_000L;

  /** A leak below this share of the chain's current is over. */
  private static final double LEAK_OVER_SHARE = 0.002;

  private static final String TRIP_CHANNEL = "hv.cathode.state";

  private final TwinEngine engine;
  private final Set<Fault> faults = new LinkedHashSet<>();
  private long sinceNs = Long.MIN_VALUE;

  /** Nothing is assumed yet. */
  public WorkingModel(TwinEngine engine) {
    this.engine = engine;
  }

  /** Takes in what a diagnosis is sure of; {@code asOfNs} is the time that it was made for. */
  public void apply(Verdict verdict, long asOfNs) {
    boolean disagrees = contradicted();
    if (verdict.recovered()) {
      verdict.working().ifPresent(ensemble -> engine.replace(ensemble, asOfNs));
      faults.clear();
      sinceNs = engine.nowNs();
    }
    verdict
        .fault()
        .filter(fault -> faults.isEmpty() || disagrees)
        .ifPresent(
            fault -> {
              verdict.working().ifPresent(ensemble -> engine.replace(ensemble, asOfNs));
              faults.add(fault);
              sinceNs = engine.nowNs();
            });
    verdict.lyingSensor().ifPresent(engine::distrust);
    settle();
  }

  /** To be called after every step: lets go of faults whose mark has returned to health. */
  public void settle() {
    if (faults.contains(Fault.HV_TRIP) && supplyIsReset()) {
      engine.set(Fault.HV_TRIP.mark(), Fault.HV_TRIP.mark().priorMean());
    }
    if (!faults.isEmpty()) {
      Ensemble ensemble = engine.ensemble();
      faults.removeIf(fault -> isOver(fault, ensemble));
    }
    engine.setLearning(faults.isEmpty());
    engine.setExplained(!faults.isEmpty() || !engine.monitor().distrusted().isEmpty());
  }

  /** The supply says itself that it is no longer tripped. */
  private boolean supplyIsReset() {
    Readings readings = engine.readings();
    return IntStream.range(0, engine.model().sensors().size())
        .filter(s -> engine.model().sensors().get(s).channel().equals(TRIP_CHANNEL))
        .anyMatch(s -> readings.latestNs(s) > sinceNs && readings.latest(s) == 0.0);
  }

  private static boolean isOver(Fault fault, Ensemble ensemble) {
    double mark = ensemble.mean(fault.mark().ordinal());
    return switch (fault) {
      case STREAMER, WARM_LEAK ->
          mark
              < LEAK_OVER_SHARE
                  * StateVariable.CHAIN_MICROAMPS_PER_KILOVOLT
                  * Math.exp(ensemble.mean(StateVariable.LOG_CHAIN.ordinal()))
                  * ensemble.mean(StateVariable.CATHODE_KILOVOLTS.ordinal());
      case HV_TRIP, PUMP_A_STOP, PUMP_B_STOP, FILTER_SATURATED, NITROGEN_LOST, VALVE_STUCK ->
          mark == fault.mark().priorMean();
    };
  }

  /** Whether readings contradict what is assumed, for long enough to examine it again. */
  public boolean contradicted() {
    return !faults.isEmpty()
        && engine.monitor().agreement() != Agreement.AGREES
        && engine.monitor().doubtingSinceNs() != 0
        && engine.nowNs() - engine.monitor().doubtingSinceNs() >= REEXAMINE_NS;
  }

  /**
   * Plant time before which the past was another: what is assumed now began there. {@link
   * Long#MIN_VALUE} while nothing was ever assumed.
   */
  public long sinceNs() {
    return faults.isEmpty() ? Long.MIN_VALUE : sinceNs;
  }

  /** The first fault that is assumed. */
  public Optional<Fault> fault() {
    return faults.stream().findFirst();
  }

  /** Whether a fault is assumed. */
  public boolean assumes(Fault fault) {
    return faults.contains(fault);
  }

  /** The faults that are assumed, in words; sensors that are known to lie are no fault. */
  public Optional<String> faultTitle() {
    String all =
        faults.stream().map(fault -> fault.hypothesis().title()).collect(Collectors.joining("; "));
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }

  /** All that is assumed, in words, lying sensors included. */
  public Optional<String> title() {
    Stream<String> faultTitles = faults.stream().map(fault -> fault.hypothesis().title());
    Stream<String> sensorTitles =
        engine.monitor().distrusted().stream()
            .sorted()
            .map(
                sensor -> "sensor " + engine.model().sensors().get(sensor).channel() + " is wrong");
    String all = Stream.concat(faultTitles, sensorTitles).collect(Collectors.joining("; "));
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }
}
