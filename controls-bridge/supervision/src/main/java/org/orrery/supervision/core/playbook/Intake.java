package org.orrery.supervision.core.playbook;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.diagnosis.Diagnosis.Cause;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.twin.Agreement;
import org.orrery.supervision.core.Readings;
import org.orrery.supervision.core.lifecycle.TimeLimits;

/**
 * Decides whether a diagnosis becomes a proposal. Only a fault of the plant that leads clearly,
 * seen by a twin that believed itself, and for which there is a playbook, does; a sensor, the
 * weather, none of these or nothing never does. There is at most one open proposal per playbook and
 * device, and none follows for the same episode until some time after the last one ended. Pure;
 * thread-safe.
 */
public final class Intake {
  private final List<Playbook> playbooks;
  private final Facility facility;
  private final long openForNs;
  private final long coolDownNs;
  private final double leastCompleteness;

  /**
   * Makes the intake.
   *
   * @param playbooks one per fault at most
   * @param facility the facility
   * @param openForNs how long a proposal may wait for its decision, wall ns
   * @param coolDownNs how long after the end of a proposal the same episode raises no other, wall
   *     ns
   * @param leastCompleteness share of the samples, 0 to 1, below which what follows from a
   *     diagnosis needs two people
   */
  public Intake(
      List<Playbook> playbooks,
      Facility facility,
      long openForNs,
      long coolDownNs,
      double leastCompleteness) {
    this.playbooks = List.copyOf(playbooks);
    this.facility = facility;
    this.openForNs = openForNs;
    this.coolDownNs = coolDownNs;
    this.leastCompleteness = leastCompleteness;
  }

  /** The playbooks of the house. */
  public static List<Playbook> standardPlaybooks() {
    return List.of(new StartStandbyPump(), new RampAfterTrip(), new QuenchStreamer());
  }

  /**
   * What follows from a diagnosis.
   *
   * @param known every proposal that is open or ended within the cool-down
   * @param fresh the id that a proposal would have
   * @param nowNs wall ns
   * @param clock for putting the onset on the wall clock
   */
  public Decision consider(
      Diagnosis diagnosis,
      Collection<Proposal> known,
      Readings readings,
      ProposalId fresh,
      long nowNs,
      PlantClock clock) {
    Optional<Cause> leading = diagnosis.leading();
    if (leading.isEmpty()) {
      return new Decision.Nothing("the diagnosis names no cause");
    }
    Cause cause = leading.get();
    return switch (cause.hypothesis()) {
      case Hypothesis.LyingSensor sensor ->
          new Decision.Nothing(sensor.title() + "; nothing is done to the detector");
      case Hypothesis.External external ->
          new Decision.Nothing(external.title() + "; nothing is done to the detector");
      case Hypothesis.NoneOfThese _ -> new Decision.Nothing("no known cause");
      case Hypothesis.NothingWrong _ -> new Decision.Nothing("nothing is wrong");
      case Hypothesis.PlantFault fault -> {
        Optional<Playbook> playbook =
            playbooks.stream().filter(p -> p.faultCode().equals(fault.code())).findFirst();
        if (playbook.isEmpty()) {
          yield new Decision.Nothing("there is no playbook for " + fault.title());
        }
        yield consider(
            diagnosis, cause, fault, playbook.get(), known, readings, fresh, nowNs, clock);
      }
    };
  }

  private Decision consider(
      Diagnosis diagnosis,
      Cause cause,
      Hypothesis.PlantFault fault,
      Playbook playbook,
      Collection<Proposal> known,
      Readings readings,
      ProposalId fresh,
      long nowNs,
      PlantClock clock) {
    if (diagnosis.agreement() == Agreement.LOST) {
      return new Decision.Nothing("the twin had lost the detector before the onset");
    }
    // Not-a-number is not probable enough either.
    if (!(cause.probability() >= playbook.threshold())) {
      return new Decision.Nothing(
          fault.title()
              + " is not probable enough: "
              + cause.probability()
              + ", needed "
              + playbook.threshold());
    }
    long onsetWallNs = clock.toWallNs(diagnosis.onsetNs());
    for (Proposal other : known) {
      if (sameRemedy(other, playbook, fault)) {
        ProposalState state = other.state();
        if (!state.terminal()) {
          return new Decision.Nothing("proposal " + other.id() + " is open");
        }
        if (nowNs - state.atNs() < coolDownNs && onsetWallNs <= state.atNs()) {
          return new Decision.Nothing("proposal " + other.id() + " was about the same episode");
        }
      }
    }
    Playbook.Occasion occasion =
        new Playbook.Occasion(fresh, nowNs + openForNs, diagnosis, fault, readings, facility);
    return switch (rampedOffer(playbook, occasion, clock)) {
      case Playbook.Offer.DoesNotFit not -> new Decision.NotNow(playbook.id() + ": " + not.why());
      case Playbook.Offer.Fits fits ->
          new Decision.Propose(
              new Proposal(
                  fresh,
                  1,
                  new TimeLimits(facility, clock.factor())
                      .limited(weighed(fits.plan(), diagnosis.completeness())),
                  Optional.of(diagnosis),
                  Optional.empty(),
                  new ProposalState.Draft(nowNs),
                  List.of(),
                  nowNs));
    };
  }

  /** What the playbook offers, with steps that go too far for one write made into ramps. */
  private Playbook.Offer rampedOffer(
      Playbook playbook, Playbook.Occasion occasion, PlantClock clock) {
    return switch (playbook.offer(occasion)) {
      case Playbook.Offer.DoesNotFit not -> not;
      case Playbook.Offer.Fits fits ->
          new Ramps(facility, clock.factor()).expand(fits.plan(), occasion.readings());
    };
  }

  /** A plan that rests on too few samples says so and needs two people. */
  private Plan weighed(Plan plan, double completeness) {
    // Not-a-number is not complete enough either.
    if (completeness >= leastCompleteness) {
      return plan;
    }
    String share =
        Double.isNaN(completeness)
            ? "an unknown share"
            : String.format(Locale.ROOT, "only %.0f %%", 100 * completeness);
    return plan.revised(
        plan.reason() + " The diagnosis rests on " + share + " of the samples.",
        RiskClass.HIGH,
        plan.steps());
  }

  private static boolean sameRemedy(
      Proposal other, Playbook playbook, Hypothesis.PlantFault fault) {
    return name(other.plan().playbook()).equals(name(playbook.id()))
        && other
            .diagnosis()
            .flatMap(Diagnosis::leading)
            .map(Cause::hypothesis)
            .map(h -> h instanceof Hypothesis.PlantFault f && f.device().equals(fault.device()))
            .orElse(false);
  }

  private static String name(String playbookId) {
    int slash = playbookId.indexOf('/');
    return slash < 0 ? playbookId : playbookId.substring(0, slash);
  }

  /** What follows from a diagnosis. */
  public sealed interface Decision {
    /** A proposal in its first state. */
    record Propose(Proposal draft) implements Decision {}

    /** A playbook would apply but the readings do not fit it now; worth looking at again. */
    record NotNow(String why) implements Decision {}

    /** Nothing is proposed. */
    record Nothing(String why) implements Decision {}
  }
}
