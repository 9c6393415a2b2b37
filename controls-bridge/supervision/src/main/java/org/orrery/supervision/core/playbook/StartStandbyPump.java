package org.orrery.supervision.core.playbook;

import static org.orrery.supervision.core.playbook.Writes.MINUTE_NS;
import static org.orrery.supervision.core.playbook.Writes.PUT_TIMEOUT_NS;
import static org.orrery.supervision.core.playbook.Writes.SECOND_NS;
import static org.orrery.supervision.core.playbook.Writes.WHILE_CONNECTED_NS;
import static org.orrery.supervision.core.playbook.Writes.shows;
import static org.orrery.supervision.core.playbook.Writes.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.value.Value;
import org.orrery.supervision.core.Readings;

/**
 * F5, recirculation pump stopped: switch the failed pump off, so that it cannot come back by
 * itself, and start the one that stands by. Works either way round. It does not act on the flow
 * meter alone: the failed pump must also draw no current and stand still, so a dead meter over a
 * running pump gives no plan.
 */
public final class StartStandbyPump implements Playbook {
  private static final ChannelId FLOW = new ChannelId("purif.flow");
  private static final ChannelId FILTER = new ChannelId("purif.filter.select");

  /** Flow below which nothing circulates, kg/s; nominal is 1.67. */
  private static final double NO_FLOW_KG_PER_S = 0.5;

  /** Flow that one pump at nominal speed gives, kg/s, with room for a dirty filter. */
  private static final double FLOW_LOW_KG_PER_S = 1.2;

  private static final double FLOW_HIGH_KG_PER_S = 2.1;

  /** Current below which a motor is off, A; idle running takes about 0.8, nominal 4. */
  private static final double OFF_AMPS = 0.5;

  private static final double STANDSTILL_HZ = 2.0;
  private static final double NOMINAL_HZ = 50.0;
  private static final double SPEED_TOLERANCE_HZ = 0.5;

  /** Sensor noise around zero reaches a little below it. */
  private static final double BELOW_ZERO = -0.5;

  @Override
  public String id() {
    return "start-standby-pump/1";
  }

  @Override
  public String faultCode() {
    return "F5";
  }

  @Override
  public Offer offer(Occasion occasion) {
    Writes writes = new Writes(occasion.facility());
    Optional<String> missing = writes.missing(channels());
    if (missing.isPresent()) {
      return new Offer.DoesNotFit(missing.get());
    }
    Optional<String> failed = failed(occasion);
    if (failed.isEmpty()) {
      return new Offer.DoesNotFit("it is not clear from the pumps' switches which one failed");
    }
    Pump from = new Pump(failed.get());
    Pump to = new Pump(failed.get().equals("a") ? "b" : "a");
    Plan plan = plan(occasion, writes, from, to);
    List<String> broken = new ArrayList<>(occasion.readings().broken(plan.preconditions()));
    broken.addAll(occasion.readings().broken(plan.steps().getFirst().preconditions()));
    return broken.isEmpty()
        ? new Offer.Fits(plan)
        : new Offer.DoesNotFit(String.join("; ", broken));
  }

  private static List<ChannelId> channels() {
    List<ChannelId> channels = new ArrayList<>(List.of(FLOW, FILTER));
    for (Pump pump : List.of(new Pump("a"), new Pump("b"))) {
      channels.addAll(
          List.of(pump.enable(), pump.speedSet(), pump.speed(), pump.current(), pump.remote()));
    }
    return channels;
  }

  /**
   * The pump that is switched on and does not run; where both are off, the one that the diagnosis
   * names.
   */
  private static Optional<String> failed(Occasion occasion) {
    boolean aOn = isOn(occasion.readings(), new Pump("a"));
    boolean bOn = isOn(occasion.readings(), new Pump("b"));
    String device = occasion.cause().device();
    if (aOn != bOn) {
      String on = aOn ? "a" : "b";
      String other = aOn ? "b" : "a";
      return device.endsWith("pump-" + other) ? Optional.empty() : Optional.of(on);
    }
    if (aOn) {
      return Optional.empty();
    }
    return device.endsWith("pump-a")
        ? Optional.of("a")
        : device.endsWith("pump-b") ? Optional.of("b") : Optional.empty();
  }

  private static boolean isOn(Readings readings, Pump pump) {
    return readings.choice(pump.enable(), WHILE_CONNECTED_NS).map("ON"::equals).orElse(false);
  }

  private Plan plan(Occasion occasion, Writes writes, Pump from, Pump to) {
    List<Precondition> preconditions =
        List.of(
            within(FLOW, BELOW_ZERO, NO_FLOW_KG_PER_S, "nothing circulates"),
            within(
                from.speed(),
                BELOW_ZERO,
                STANDSTILL_HZ,
                from.title() + " stands still, so the flow meter is not the one that lies"),
            within(from.current(), BELOW_ZERO, OFF_AMPS, from.title() + " draws no current"),
            within(to.current(), BELOW_ZERO, OFF_AMPS, to.title() + " is not running already"),
            shows(to.enable(), "OFF", to.title() + " stands by"),
            shows(to.remote(), "REMOTE", "nobody works at " + to.title()),
            new Precondition(
                FILTER,
                new Precondition.Condition.Within(0, 1),
                WHILE_CONNECTED_NS,
                "a filter is in the path"));
    List<Step> steps = new ArrayList<>();
    if (isOn(occasion.readings(), from)) {
      steps.add(isolate(writes, from, to));
    }
    OptionalDouble asked = occasion.readings().number(to.speedSet(), WHILE_CONNECTED_NS);
    if (asked.isEmpty() || Math.abs(asked.getAsDouble() - NOMINAL_HZ) > SPEED_TOLERANCE_HZ) {
      steps.add(setSpeed(writes, to, asked));
    }
    steps.add(start(writes, from, to));
    return new Plan(
        occasion.proposal(),
        id(),
        "Start standby pump " + to.letter(),
        from.title()
            + " has stopped and nothing circulates; without circulation the purity falls."
            + " "
            + to.title()
            + " stands by and takes over.",
        Optional.of(occasion.diagnosis().id()),
        Optional.empty(),
        RiskClass.NORMAL,
        preconditions,
        steps,
        occasion.expiresAtNs(),
        occasion.callOut(writes.channel(FLOW).subsystem()));
  }

  private static Step isolate(Writes writes, Pump from, Pump to) {
    return new Step(
        "Switch " + from.title() + " off",
        from.enable(),
        writes.choice(from.enable(), "OFF"),
        writes.channel(from.enable()).unit(),
        List.of(shows(from.remote(), "REMOTE", "nobody works at " + from.title())),
        List.of(writes.limit(from.current(), BELOW_ZERO, OFF_AMPS, 2 * MINUTE_NS, 10 * SECOND_NS)),
        "Both pumps are off and nothing circulates; the purity falls by less than a fifth in a"
            + " day.",
        Optional.of(
            new Step.Undo(
                writes.choice(from.enable(), "ON"),
                List.of(shows(to.enable(), "OFF", "only one pump may run")),
                from.title() + " was switched on before, and the other pump is off")),
        PUT_TIMEOUT_NS);
  }

  private static Step setSpeed(Writes writes, Pump to, OptionalDouble asked) {
    return new Step(
        "Set " + to.title() + " to " + NOMINAL_HZ + " Hz",
        to.speedSet(),
        Value.of(NOMINAL_HZ),
        writes.channel(to.speedSet()).unit(),
        List.of(shows(to.enable(), "OFF", to.title() + " is set before it is started")),
        List.of(),
        "Both pumps are off and nothing circulates; the purity falls by less than a fifth in a"
            + " day.",
        asked.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Step.Undo(
                    Value.of(asked.getAsDouble()),
                    List.of(shows(to.enable(), "OFF", to.title() + " is off")),
                    "the set point of a pump that is off moves nothing")),
        PUT_TIMEOUT_NS);
  }

  private static Step start(Writes writes, Pump from, Pump to) {
    return new Step(
        "Start " + to.title(),
        to.enable(),
        writes.choice(to.enable(), "ON"),
        writes.channel(to.enable()).unit(),
        List.of(
            shows(from.enable(), "OFF", "only one pump may run"),
            shows(to.remote(), "REMOTE", "nobody works at " + to.title())),
        List.of(
            writes.limit(FLOW, FLOW_LOW_KG_PER_S, FLOW_HIGH_KG_PER_S, 5 * MINUTE_NS, 2 * MINUTE_NS),
            writes.limit(
                to.speed(),
                NOMINAL_HZ - 2 * STANDSTILL_HZ,
                NOMINAL_HZ + 2 * STANDSTILL_HZ,
                5 * MINUTE_NS,
                2 * MINUTE_NS)),
        to.title() + " is left as it is; " + from.title() + " stays off.",
        Optional.of(
            new Step.Undo(
                writes.choice(to.enable(), "OFF"),
                List.of(shows(to.remote(), "REMOTE", "nobody works at " + to.title())),
                "switching a pump off only stops the circulation, as it was before")),
        PUT_TIMEOUT_NS);
  }

  /**
   * One of the two pumps.
   *
   * @param name {@code a} or {@code b}
   */
  private record Pump(String name) {
    String letter() {
      return name.equals("a") ? "A" : "B";
    }

    String title() {
      return "pump " + letter();
    }

    ChannelId enable() {
      return of("enable");
    }

    ChannelId speedSet() {
      return of("speed-set");
    }

    ChannelId speed() {
      return of("speed");
    }

    ChannelId current() {
      return of("current");
    }

    ChannelId remote() {
      return of("remote");
    }

    private ChannelId of(String quantity) {
      return new ChannelId("purif.pump-" + name + "." + quantity);
    }
  }
}
