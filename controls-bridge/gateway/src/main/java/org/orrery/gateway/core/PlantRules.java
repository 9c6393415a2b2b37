package org.orrery.gateway.core;

import java.util.Optional;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.health.ChannelHealth.Link;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.value.Value;
import org.orrery.gateway.core.GateVerdict.Refused;

/**
 * Those rules of the gate that look at the plant: readings, switches, interlocks, preconditions.
 * Pure and stateless.
 */
final class PlantRules {
  /** What a healthy interlock channel shows. */
  static final String INTERLOCK_OK = "OK";

  /** What a local/remote switch shows when Orrery may write. */
  static final String REMOTE = "REMOTE";

  private PlantRules() {}

  /** A reading, or why there is none to rely on. */
  sealed interface Reading {
    /**
     * A good reading.
     *
     * @param ageNs how old it is, plant ns; 0 for a connected channel that only speaks on change
     */
    record Usable(Sample sample, long ageNs) implements Reading {}

    /** Nothing to rely on. */
    record Unusable(String why) implements Reading {}
  }

  static Reading reading(GateCase given, ChannelId id) {
    return reading(given.facility(), given.plant(), given.plantNs(), id);
  }

  static Reading reading(Facility facility, PlantView plant, long plantNs, ChannelId id) {
    Optional<Channel> channel = facility.channel(id);
    Optional<ChannelHealth> health = plant.health(id);
    if (channel.isEmpty() || health.isEmpty()) {
      return new Reading.Unusable("the facility has no channel " + id);
    }
    if (health.get().link() != Link.CONNECTED) {
      return new Reading.Unusable(id + ": " + health.get().link() + ", " + health.get().detail());
    }
    Optional<Sample> sample = plant.latest(id);
    if (sample.isEmpty()) {
      return new Reading.Unusable(id + " has not been read yet");
    }
    if (sample.get().quality() != Quality.GOOD) {
      return new Reading.Unusable(
          id + " reads " + sample.get().quality() + " " + sample.get().status());
    }
    boolean onChangeOnly = channel.get().cadenceNs() <= 0;
    long takenNs = Math.min(sample.get().sourceTimeNs(), sample.get().receivedTimeNs());
    return new Reading.Usable(sample.get(), onChangeOnly ? 0 : plantNs - takenNs);
  }

  static Optional<Refused> localControl(GateCase given, Writable writable) {
    if (writable.localSwitch().isEmpty()) {
      return Optional.empty();
    }
    ChannelId id = writable.localSwitch().get();
    return switch (reading(given, id)) {
      case Reading.Unusable unusable ->
          objection(
              Reason.LOCAL_CONTROL,
              "whether the device is on local control cannot be read: " + unusable.why());
      case Reading.Usable usable ->
          shows(usable.sample(), REMOTE)
              ? Optional.empty()
              : objection(
                  Reason.LOCAL_CONTROL,
                  id
                      + " shows "
                      + usable.sample().value().display()
                      + "; somebody works at the device, ask them to hand it back to "
                      + REMOTE);
    };
  }

  static Optional<Refused> interlocked(GateCase given) {
    for (ChannelId id : given.interlocks()) {
      Optional<Refused> objection =
          switch (reading(given, id)) {
            case Reading.Unusable unusable ->
                objection(
                    Reason.INTERLOCK,
                    "interlock "
                        + id
                        + " cannot be read, so whether it is active is not known and nothing is"
                        + " written, towards safety neither: "
                        + unusable.why()
                        + "; see to that channel");
            case Reading.Usable usable ->
                shows(usable.sample(), INTERLOCK_OK)
                    ? Optional.empty()
                    : objection(
                        Reason.INTERLOCK,
                        id
                            + " shows "
                            + usable.sample().value().display()
                            + "; Orrery never writes around an interlock, clear its cause first");
          };
      if (objection.isPresent()) {
        return objection;
      }
    }
    return Optional.empty();
  }

  static Optional<Refused> preconditions(GateCase given) {
    for (Precondition precondition : given.command().preconditions()) {
      Optional<Refused> objection = precondition(given, precondition);
      if (objection.isPresent()) {
        return objection;
      }
    }
    return Optional.empty();
  }

  private static Optional<Refused> precondition(GateCase given, Precondition precondition) {
    ChannelId id = precondition.channel();
    return switch (reading(given, id)) {
      case Reading.Unusable unusable ->
          objection(Reason.PRECONDITION, "a precondition cannot be checked: " + unusable.why());
      case Reading.Usable usable -> {
        if (usable.ageNs() > precondition.maxAgeNs()) {
          yield objection(
              Reason.PRECONDITION,
              "the reading of "
                  + id
                  + " is "
                  + GateRules.seconds(usable.ageNs())
                  + " s old, at most "
                  + GateRules.seconds(precondition.maxAgeNs())
                  + " s is accepted; see to the channel");
        }
        yield holds(precondition.condition(), usable.sample().value())
            ? Optional.empty()
            : objection(
                Reason.PRECONDITION,
                id
                    + " reads "
                    + usable.sample().value().display()
                    + ", needed "
                    + describe(precondition.condition())
                    + ": "
                    + precondition.because()
                    + "; the plant is not as it was when this was approved, propose again");
      }
    };
  }

  private static boolean holds(Precondition.Condition condition, Value value) {
    return switch (condition) {
      case Precondition.Condition.Within within -> {
        double number = value.asDouble().orElse(Double.NaN);
        yield number >= within.low() && number <= within.high();
      }
      case Precondition.Condition.Shows shows ->
          value instanceof Value.ChoiceValue choice && choice.label().equals(shows.choice());
    };
  }

  private static String describe(Precondition.Condition condition) {
    return switch (condition) {
      case Precondition.Condition.Within within -> within.low() + " to " + within.high();
      case Precondition.Condition.Shows shows -> shows.choice();
    };
  }

  private static boolean shows(Sample sample, String choice) {
    return sample.value() instanceof Value.ChoiceValue shown && shown.label().equals(choice);
  }

  private static Optional<Refused> objection(Reason reason, String detail) {
    return Optional.of(new Refused(reason, detail));
  }
}
