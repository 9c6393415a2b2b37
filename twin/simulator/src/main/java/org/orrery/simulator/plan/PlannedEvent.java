package org.orrery.simulator.plan;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Something in a plan, with its times in plant time, ns since the epoch. Immutable. */
public sealed interface PlannedEvent {
  /** Returns when it starts, ns. */
  long startNs();

  /** Returns when it ends, ns; its start if it has no length of its own. */
  long endNs();

  /** Returns it as one line, the same for the same event. */
  String line();

  /** What the accelerator does. */
  enum BeamState {
    /** Beam for physics. */
    PHYSICS,
    /** Between two fills. */
    SETTING_UP,
    /** The accelerator has a fault. */
    STOPPED,
    /** Machine development. */
    DEVELOPMENT,
    /** Technical stop. */
    TECHNICAL_STOP
  }

  /**
   * A time with one state of the beam. The periods of a plan touch and do not overlap.
   *
   * @param startNs start
   * @param endNs end
   * @param state what the accelerator does
   * @param weight exposure per time, 0 to 1
   * @param spillPeriodNs from spill to spill, in physics only; otherwise 0
   * @param spillLengthNs length of a spill, at the start of each spill period
   */
  record BeamPeriod(
      long startNs,
      long endNs,
      BeamState state,
      double weight,
      long spillPeriodNs,
      long spillLengthNs)
      implements PlannedEvent {

    /** Returns whether a spill is on at that time. */
    public boolean spillAt(long timeNs) {
      return spillPeriodNs > 0
          && timeNs >= startNs
          && timeNs < endNs
          && (timeNs - startNs) % spillPeriodNs < spillLengthNs;
    }

    @Override
    public String line() {
      return text(this, "beam", "%s %.3f".formatted(state, weight));
    }
  }

  /** The three shifts of a day, in UTC. */
  enum ShiftKind {
    /** 00:00 to 08:00. */
    NIGHT,
    /** 08:00 to 16:00. */
    DAY,
    /** 16:00 to 24:00. */
    EVENING
  }

  /** What a person is there for. */
  enum Position {
    /** In the control room, for a block of a week. */
    SHIFTER,
    /** On call for the cathode supply, for a week. */
    EXPERT_HIGH_VOLTAGE,
    /** On call for cryogenics and purification. */
    EXPERT_CRYOGENICS,
    /** On call for the front end. */
    EXPERT_ELECTRONICS,
    /** On call for the photon detectors. */
    EXPERT_PHOTON,
    /** On call for data acquisition. */
    EXPERT_DAQ
  }

  /**
   * One person's duty.
   *
   * @param position what for
   * @param person number of the person within the plan
   * @param experienced whether it is not the first block
   */
  record Duty(Position position, int person, boolean experienced) {}

  /**
   * One shift.
   *
   * @param startNs start
   * @param endNs end
   * @param kind which of the three
   * @param duties who is there, shifters first
   */
  record Shift(long startNs, long endNs, ShiftKind kind, List<Duty> duties)
      implements PlannedEvent {
    public Shift {
      duties = List.copyOf(duties);
    }

    @Override
    public String line() {
      String people =
          duties.stream()
              .map(d -> d.position() + ":" + d.person() + (d.experienced() ? "" : "*"))
              .collect(Collectors.joining(" "));
      return text(this, "shift", kind + " " + people);
    }
  }

  /** Kinds of planned work. */
  enum WorkKind {
    /** Pulser or laser scan; no physics data. */
    CALIBRATION,
    /** A filter is regenerated; data go on with the other. */
    REGENERATION,
    /** A truck of liquid nitrogen. */
    DELIVERY,
    /** People at the racks. */
    ACCESS,
    /** Pulser runs on all channels; no physics data. */
    FRONT_END_TEST;

    /** Returns whether the detector takes no physics data meanwhile. */
    public boolean stopsData() {
      return this == CALIBRATION || this == FRONT_END_TEST;
    }

    /** Returns the fault that the work may start at its end if it goes wrong. */
    public Optional<FaultClass> mishap() {
      return switch (this) {
        case ACCESS -> Optional.of(FaultClass.F15);
        case DELIVERY -> Optional.of(FaultClass.F12);
        case REGENERATION -> Optional.of(FaultClass.F7);
        case CALIBRATION, FRONT_END_TEST -> Optional.empty();
      };
    }
  }

  /**
   * Planned work.
   *
   * @param startNs start
   * @param endNs end
   * @param kind what is done
   */
  record Work(long startNs, long endNs, WorkKind kind) implements PlannedEvent {
    @Override
    public String line() {
      return text(this, "work", kind.name());
    }
  }

  /**
   * A weather front.
   *
   * @param startNs start
   * @param endNs when the next air mass is there
   * @param order the order line that starts it
   */
  record WeatherFront(long startNs, long endNs, String order) implements PlannedEvent {
    @Override
    public String line() {
      return text(this, "weather", order);
    }
  }

  /**
   * A fault.
   *
   * @param id unique in the plan, for example {@code F8-2} or {@code F8-2/F4-1} for its follower
   * @param startNs onset
   * @param fault which class
   * @param order the order line that starts it
   * @param severity 0 to 1, as in the order
   * @param rampSeconds time of growth, s, as in the order
   * @param endsNs when it ends if nobody acts; empty if it stays
   * @param cause id of the fault that brought it
   * @param needsCause whether it stays away if its cause has been removed by then
   */
  record PlannedFault(
      String id,
      long startNs,
      FaultClass fault,
      String order,
      double severity,
      double rampSeconds,
      OptionalLong endsNs,
      Optional<String> cause,
      boolean needsCause)
      implements PlannedEvent {

    @Override
    public long endNs() {
      return endsNs.orElse(startNs);
    }

    @Override
    public String line() {
      return text(this, "fault", id + " " + order + (needsCause ? " needs-cause" : ""));
    }
  }

  private static String text(PlannedEvent event, String kind, String what) {
    return String.format(Locale.ROOT, "%d %d %s %s", event.startNs(), event.endNs(), kind, what);
  }
}
