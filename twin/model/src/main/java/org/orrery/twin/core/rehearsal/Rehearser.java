package org.orrery.twin.core.rehearsal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.twin.RehearsalRequest;
import org.orrery.contract.twin.RehearsalRequest.PlannedWrite;
import org.orrery.contract.twin.Trajectory;
import org.orrery.twin.core.diagnosis.Fault;
import org.orrery.twin.core.model.InputVariable;
import org.orrery.twin.core.model.ModelRunner;

/** Forecasts and rehearses from a present. One thread at a time. */
public final class Rehearser {
  private static final double NS_PER_SECOND = 1e9;

  private final ModelRunner runner;

  /** Plays on the given runner, which nobody else may use meanwhile. */
  public Rehearser(ModelRunner runner) {
    this.runner = runner;
  }

  /**
   * A plan played to its end, beside the same time without it.
   *
   * @param withPlan courses under the plan
   * @param withoutPlan courses if nothing is done
   * @param predictedAlarms limits that the plan is expected to cross, in words
   */
  public record Played(
      List<Trajectory> withPlan, List<Trajectory> withoutPlan, List<String> predictedAlarms) {
    public Played {
      withPlan = List.copyOf(withPlan);
      withoutPlan = List.copyOf(withoutPlan);
      predictedAlarms = List.copyOf(predictedAlarms);
    }
  }

  /** Where channels go if nothing is done; channels that the twin does not know are left out. */
  public List<Trajectory> forecast(Present present, List<ChannelId> watch, long horizonNs) {
    Map<String, Course> courses = new Future(runner).play(present, List.of(), horizonNs);
    return Future.select(courses, watch.stream().map(ChannelId::value).toList());
  }

  /** The writes of a plan that the twin has no equation for. */
  public List<ChannelId> unknown(List<PlannedWrite> writes) {
    return writes.stream()
        .map(PlannedWrite::channel)
        .filter(
            channel ->
                Arrays.stream(InputVariable.values())
                    .noneMatch(input -> input.channel().equals(channel.value())))
        .distinct()
        .toList();
  }

  /**
   * Plays a plan.
   *
   * @param present where to start; changed when the request assumes a fault that it does not have
   * @param assume whether the request's hypothesis is still to be put into the present
   * @param limits alarm limits by channel
   */
  public Played rehearse(
      Present present, RehearsalRequest request, boolean assume, Map<String, Limits> limits) {
    if (assume) {
      request.hypothesis().ifPresent(hypothesis -> put(hypothesis, present));
    }
    Future future = new Future(runner);
    Map<String, Course> with = future.play(present, request.writes(), request.horizonNs());
    Map<String, Course> without = future.play(present, List.of(), request.horizonNs());
    Set<String> wanted = new LinkedHashSet<>();
    request.watch().forEach(channel -> wanted.add(channel.value()));
    return new Played(
        Future.select(with, wanted),
        Future.select(without, wanted),
        alarms(with, present.nowNs(), limits));
  }

  private static void put(Hypothesis hypothesis, Present present) {
    if (hypothesis instanceof Hypothesis.PlantFault plant) {
      Fault.of(plant)
          .ifPresent(
              fault -> {
                double[][] rows = present.ensemble().rows();
                for (int m = 0; m < present.ensemble().members(); m++) {
                  rows[fault.mark().ordinal()][m] = fault.markValue(0, rows, m);
                }
              });
    }
  }

  /** Limits that the median crosses. */
  private static List<String> alarms(
      Map<String, Course> courses, long nowNs, Map<String, Limits> limits) {
    List<String> alarms = new ArrayList<>();
    courses.forEach(
        (channel, course) -> {
          Limits own = limits.getOrDefault(channel, Limits.NONE);
          crossing(course, nowNs, own.lolo().isPresent() ? own.lolo() : own.low(), true)
              .ifPresent(alarms::add);
          crossing(course, nowNs, own.hihi().isPresent() ? own.hihi() : own.high(), false)
              .ifPresent(alarms::add);
        });
    return alarms;
  }

  private static Optional<String> crossing(
      Course course, long nowNs, OptionalDouble limit, boolean low) {
    if (limit.isEmpty()) {
      return Optional.empty();
    }
    double bound = limit.getAsDouble();
    return course.points().stream()
        .filter(point -> low ? point.band().median() <= bound : point.band().median() >= bound)
        .findFirst()
        .map(
            point ->
                String.format(
                    Locale.ROOT,
                    "%s at or %s %s after %.0f s",
                    course.trajectory().channel(),
                    low ? "below" : "above",
                    bound,
                    (point.timeNs() - nowNs) / NS_PER_SECOND));
  }
}
