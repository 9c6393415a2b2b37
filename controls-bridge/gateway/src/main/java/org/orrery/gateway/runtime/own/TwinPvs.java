package org.orrery.gateway.runtime.own;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.twin.TwinState;
import org.orrery.contract.twin.TwinState.ChannelEstimate;
import org.orrery.contract.twin.TwinState.ParameterEstimate;
import org.orrery.contract.value.Value;
import org.orrery.epics.Range;
import org.orrery.gateway.core.own.Estimates;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the twin estimates; a quantity's PVs come with its first estimate. */
final class TwinPvs {
  private static final Logger LOG = LoggerFactory.getLogger(TwinPvs.class);
  private static final List<String> AGREEMENTS = List.of("UNKNOWN", "AGREES", "DOUBTS", "LOST");

  /** A twin that is silent for longer than this says nothing about now, wall ns. */
  private static final long SILENCE_NS = 30_000_000_000L;

  private final Board board;
  private final Facility facility;
  private final Shown agreement;
  private final Shown innovation;
  private final Shown hypothesis;
  private final Map<String, Optional<Quantity>> quantities = new HashMap<>();
  private long heardNs = Long.MIN_VALUE / 2;

  private record Quantity(Shown value, Shown sigma, Shown agreement) {
    void show(double mean, double deviation, Optional<Agreement> fit, Agreement twin, long atNs) {
      Severity severity = severity(twin);
      value.show(Value.of(mean), severity, message(twin), atNs);
      sigma.show(Value.of(deviation), severity, message(twin), atNs);
      agreement.choose(
          fit.map(Agreement::name).orElse("UNKNOWN"),
          fit.map(TwinPvs::severity).orElse(Severity.INVALID));
    }

    void invalidate(String why) {
      value.invalidate(why);
      sigma.invalidate(why);
      agreement.choose("UNKNOWN", Severity.INVALID);
    }
  }

  TwinPvs(Board board, Facility facility) {
    this.board = board;
    this.facility = facility;
    agreement = board.choice("whether the twin believes itself", AGREEMENTS, "TWIN", "AGREEMENT");
    innovation =
        board.number(
            "1",
            "mean square of the normalised innovations, about 1 when all is well",
            new Range(0, 10),
            Limits.NONE,
            "TWIN",
            "INNOVATION");
    hypothesis =
        board.text("the fault that the twin assumes; empty for none", "TWIN", "HYPOTHESIS");
    silent();
  }

  void show(TwinState state, long wallNs) {
    heardNs = wallNs;
    agreement.choose(state.agreement().name(), severity(state.agreement()));
    innovation.show(state.normalisedInnovationSquared());
    hypothesis.show(state.workingHypothesis().orElse(""));
    for (ChannelEstimate estimate : state.channels()) {
      String name = estimate.channel().value();
      quantities
          .computeIfAbsent(name, fresh -> channel(estimate))
          .ifPresent(
              quantity ->
                  quantity.show(
                      estimate.band().median(),
                      Estimates.sigma(estimate.band()),
                      Estimates.agreement(state, estimate),
                      state.agreement(),
                      state.atNs()));
    }
    for (ParameterEstimate estimate : state.parameters()) {
      quantities
          .computeIfAbsent("parameter." + estimate.name(), name -> parameter(name, estimate))
          .ifPresent(
              quantity ->
                  quantity.show(
                      estimate.mean(),
                      estimate.standardDeviation(),
                      Optional.of(state.agreement()),
                      state.agreement(),
                      state.atNs()));
    }
  }

  /** Says so where the twin is silent. */
  void tick(long wallNs) {
    if (wallNs - heardNs > SILENCE_NS) {
      silent();
    }
  }

  private void silent() {
    String why = "the twin is silent";
    agreement.choose("UNKNOWN", Severity.INVALID);
    innovation.invalidate(why);
    quantities.values().forEach(quantity -> quantity.ifPresent(q -> q.invalidate(why)));
  }

  private Optional<Quantity> channel(ChannelEstimate estimate) {
    Optional<Channel> channel = facility.channel(estimate.channel());
    Limits limits =
        channel.map(c -> c.alarm().limitsIn(AlarmSettings.ANY_MODE)).orElse(Limits.NONE);
    return quantity(
        estimate.channel().value(),
        channel.map(Channel::egu).orElse(""),
        channel.map(Channel::description).orElse(estimate.channel().value()),
        range(limits),
        limits);
  }

  private Optional<Quantity> parameter(String name, ParameterEstimate estimate) {
    return quantity(name, estimate.unit(), estimate.name(), Range.NONE, Limits.NONE);
  }

  /** Absent where the name is taken, which is told once. */
  private Optional<Quantity> quantity(
      String name, String unit, String description, Range display, Limits limits) {
    try {
      return Optional.of(
          new Quantity(
              board.number(unit, "twin: " + description, display, limits, "TWIN", name, "VALUE"),
              board.number(
                  unit,
                  "twin: standard deviation of " + description,
                  Range.NONE,
                  Limits.NONE,
                  "TWIN",
                  name,
                  "SIGMA"),
              board.choice(
                  "whether reading and estimate of " + description + " fit",
                  AGREEMENTS,
                  "TWIN",
                  name,
                  "AGREEMENT")));
    } catch (IllegalArgumentException taken) {
      LOG.warn("the twin's {} has no PV of its own: {}", name, taken.getMessage());
      return Optional.empty();
    }
  }

  /** From the outermost limits, widened by a tenth, so that a display shows where they are. */
  private static Range range(Limits limits) {
    OptionalDouble low = limits.lolo().isPresent() ? limits.lolo() : limits.low();
    OptionalDouble high = limits.hihi().isPresent() ? limits.hihi() : limits.high();
    if (low.isEmpty() || high.isEmpty()) {
      return Range.NONE;
    }
    double margin = (high.getAsDouble() - low.getAsDouble()) / 10;
    return new Range(low.getAsDouble() - margin, high.getAsDouble() + margin);
  }

  private static Severity severity(Agreement agreement) {
    return switch (agreement) {
      case AGREES -> Severity.NONE;
      case DOUBTS -> Severity.MINOR;
      case LOST -> Severity.INVALID;
    };
  }

  private static String message(Agreement agreement) {
    return switch (agreement) {
      case AGREES -> "";
      case DOUBTS -> "the twin doubts itself";
      case LOST -> "the twin is lost";
    };
  }
}
