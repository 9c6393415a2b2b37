package org.orrery.supervision.core.verification;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.proposal.VerificationLimit;
import org.orrery.contract.twin.Band;
import org.orrery.contract.twin.Rehearsal;
import org.orrery.contract.twin.RehearsalRequest.PlannedWrite;
import org.orrery.contract.twin.Trajectory;

/**
 * Sets the verification limits of a plan from its rehearsal.
 *
 * <p>The playbook gives every limit its operating range. Where the twin agreed with the detector,
 * the range is narrowed to what the twin predicts for the time of holding, so widened that all
 * limits of the plan together stop a plan that goes as predicted at most once in {@value
 * #PROPOSALS_PER_FALSE_STOP} times: with m limits of n looks each, every look may miss with
 * probability 1/(1000 m n) (Bonferroni), which for a normal distribution is z standard deviations;
 * the standard deviations below and above the median follow from the 5 % and 95 % quantiles, which
 * lie 1.645 of them away. Correlated looks make the true rate lower. A twin is also wrong by more
 * than its ensemble spreads, so a limit is never nearer to the median than {@value
 * #MODEL_ALLOWANCE} of it. The narrowed range never leaves the operating range.
 *
 * <p>Where the twin doubts itself the operating ranges stand. Where the plan was not rehearsed, the
 * twin had lost the detector, or it predicts that the plan misses its operating range, they stand
 * too and the plan needs two people.
 *
 * <p>Thread-safe.
 */
public final class LimitPlanner {
  /** At most one false stop in so many proposals. */
  public static final int PROPOSALS_PER_FALSE_STOP = 1_000;

  /**
   * How far the twin may be off without its ensemble showing it, as a share of the predicted value.
   */
  public static final double MODEL_ALLOWANCE = 0.1;

  private static final double Z_95 = 1.6448536269514722;

  private final ToLongFunction<ChannelId> cadenceNs;

  /**
   * Makes the planner.
   *
   * @param cadenceNs expected time between updates of a channel, plant ns; 0 for one that speaks on
   *     change
   */
  public LimitPlanner(ToLongFunction<ChannelId> cadenceNs) {
    this.cadenceNs = cadenceNs;
  }

  /**
   * The writes of a plan as they are rehearsed: each when the one before would at the latest be
   * verified.
   */
  public static List<PlannedWrite> writes(Plan plan) {
    List<PlannedWrite> writes = new ArrayList<>();
    long afterNs = 0;
    for (Step step : plan.steps()) {
      writes.add(new PlannedWrite(step.channel(), step.value(), afterNs));
      afterNs += durationNs(step);
    }
    return writes;
  }

  /** How long the plan takes at most, plant ns. */
  public static long horizonNs(Plan plan) {
    return plan.steps().stream().mapToLong(LimitPlanner::durationNs).sum();
  }

  /** The channels that the plan is verified by. */
  public static List<ChannelId> watched(Plan plan) {
    return plan.steps().stream()
        .flatMap(step -> step.verification().stream())
        .map(VerificationLimit::channel)
        .distinct()
        .toList();
  }

  private static long durationNs(Step step) {
    return step.verification().stream().mapToLong(l -> l.withinNs() + l.holdNs()).max().orElse(0);
  }

  /** The plan with its limits, risk class and reason as the rehearsal makes them. */
  public Plan plan(Plan drafted, Rehearsal rehearsal) {
    return switch (rehearsal) {
      case Rehearsal.NotRehearsed not ->
          with(drafted, drafted.steps(), RiskClass.HIGH, "Not rehearsed: " + not.reason() + ".");
      case Rehearsal.Rehearsed rehearsed ->
          switch (rehearsed.agreement()) {
            case AGREES -> narrowed(drafted, rehearsed);
            case DOUBTS ->
                with(
                    drafted,
                    drafted.steps(),
                    drafted.risk(),
                    "The twin doubts itself, so the operating ranges are the limits.");
            case LOST ->
                with(
                    drafted,
                    drafted.steps(),
                    RiskClass.HIGH,
                    "The twin has lost the detector, so the rehearsal counts for nothing.");
          };
    };
  }

  private Plan narrowed(Plan drafted, Rehearsal.Rehearsed rehearsed) {
    List<PlannedWrite> writes = writes(drafted);
    int limits = drafted.steps().stream().mapToInt(s -> s.verification().size()).sum();
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < drafted.steps().size(); i++) {
      Step step = drafted.steps().get(i);
      long writtenNs = rehearsed.startNs() + writes.get(i).afterNs();
      List<VerificationLimit> set = new ArrayList<>();
      for (VerificationLimit limit : step.verification()) {
        Optional<Band> band = predicted(rehearsed, limit, writtenNs);
        if (band.isPresent() && !overlaps(band.get(), limit)) {
          return with(
              drafted,
              drafted.steps(),
              RiskClass.HIGH,
              String.format(
                  Locale.ROOT,
                  "The twin expects %s at %.4g, outside the allowed %.4g to %.4g %s.",
                  limit.channel(),
                  band.get().median(),
                  limit.low(),
                  limit.high(),
                  limit.unit()));
        }
        set.add(band.map(b -> narrow(limit, b, limits)).orElse(limit));
      }
      steps.add(step.withVerification(set));
    }
    return with(drafted, steps, drafted.risk(), "");
  }

  /**
   * The widest band that the twin predicts while the limit holds; absent where the twin does not
   * know the channel.
   */
  private static Optional<Band> predicted(
      Rehearsal.Rehearsed rehearsed, VerificationLimit limit, long writtenNs) {
    Optional<Trajectory> course =
        rehearsed.withPlan().stream().filter(t -> t.channel().equals(limit.channel())).findFirst();
    long fromNs = writtenNs + limit.withinNs();
    return course.flatMap(
        trajectory -> {
          List<Band> bands =
              trajectory.points().stream()
                  .filter(p -> p.timeNs() >= fromNs && p.timeNs() <= fromNs + limit.holdNs())
                  .map(Trajectory.Point::band)
                  .toList();
          if (bands.isEmpty()) {
            bands =
                trajectory.points().stream()
                    .filter(p -> p.timeNs() <= fromNs && p.timeNs() >= writtenNs)
                    .map(Trajectory.Point::band)
                    .reduce((a, b) -> b)
                    .stream()
                    .toList();
          }
          return bands.stream().reduce(LimitPlanner::union);
        });
  }

  private static Band union(Band a, Band b) {
    return new Band(
        Math.min(a.low(), b.low()), (a.median() + b.median()) / 2, Math.max(a.high(), b.high()));
  }

  private static boolean overlaps(Band band, VerificationLimit limit) {
    return band.median() >= limit.low() && band.median() <= limit.high();
  }

  private VerificationLimit narrow(VerificationLimit limit, Band band, int limits) {
    long cadence = cadenceNs.applyAsLong(limit.channel());
    double looks = cadence <= 0 ? 1 : Math.max(1.0, (double) limit.holdNs() / cadence);
    double z = NormalQuantile.of(1 - 0.5 / (PROPOSALS_PER_FALSE_STOP * limits * looks));
    double allowance = MODEL_ALLOWANCE * Math.abs(band.median());
    double below = Math.max(z / Z_95 * (band.median() - band.low()), allowance);
    double above = Math.max(z / Z_95 * (band.high() - band.median()), allowance);
    double width = below + above;
    return new VerificationLimit(
        limit.channel(),
        Math.max(limit.low(), readable(band.median() - below, width, RoundingMode.FLOOR)),
        Math.min(limit.high(), readable(band.median() + above, width, RoundingMode.CEILING)),
        limit.unit(),
        limit.withinNs(),
        limit.holdNs());
  }

  /**
   * People read a limit digit by digit before they agree to it: a thousandth of the width will do.
   */
  private static double readable(double limit, double width, RoundingMode outwards) {
    return width > 0 && Double.isFinite(limit) && Double.isFinite(width)
        ? new BigDecimal(limit)
            .setScale(3 - (int) Math.floor(Math.log10(width)), outwards)
            .doubleValue()
        : limit;
  }

  private static Plan with(Plan plan, List<Step> steps, RiskClass risk, String note) {
    return plan.revised(
        note.isEmpty() ? plan.reason() : plan.reason() + " " + note,
        risk.compareTo(plan.risk()) > 0 ? risk : plan.risk(),
        steps);
  }
}
