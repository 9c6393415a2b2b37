package org.orrery.lab.drill.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.orrery.contract.drill.DrillDebrief.Sign;
import org.orrery.contract.drill.DrillEntry.Verdict;
import org.orrery.contract.drill.DrillSheet;
import org.orrery.contract.facility.ChannelId;
import org.orrery.lab.drill.core.DrillScenario.Judgement;

/** A small drill for tests: one fault, two diagnoses, three actions. Stateless. */
final class Scenarios {
  static final long MINUTE_NS = 60_000_000_000L;
  static final ChannelId FLOW = new ChannelId("purif.flow");

  private Scenarios() {}

  static DrillScenario pump() {
    return new DrillScenario(
        new DrillSheet(
            "pump",
            "The pump",
            "first steps",
            List.of("You are alone."),
            10,
            60 * MINUTE_NS,
            List.of(
                new DrillSheet.Choice("pump", "The pump stopped"),
                new DrillSheet.Choice("meter", "The meter lies")),
            List.of(
                new DrillSheet.RackAction("call", "Telephone", 2 * MINUTE_NS),
                new DrillSheet.RackAction("start-b", "Start pump B", 5 * MINUTE_NS),
                new DrillSheet.RackAction("stop", "Stop the run", MINUTE_NS))),
        List.of(new DrillScenario.Order(5 * MINUTE_NS, 0, "F5 start", "the pump stopped", true)),
        new DrillScenario.Truth(
            "The pump stopped.", List.of("So it was."), List.of(new Sign(FLOW, "to 0")), List.of()),
        Map.of(
            "pump",
            new DrillScenario.Answer(true, "all fell together"),
            "meter",
            new DrillScenario.Answer(false, "the pump stood still")),
        Map.of(
            "call",
            new DrillScenario.Act(List.of(), new Judgement(Verdict.RIGHT, "heard", "good")),
            "start-b",
            new DrillScenario.Act(
                List.of("hand purif.pump-b.enable 1"),
                new Judgement(Verdict.RIGHT, "flow comes back", "the remedy")),
            "stop",
            new DrillScenario.Act(
                List.of("hand daq.run.command 2"),
                new Judgement(Verdict.WRONG, "no data", "the data were good"))),
        Map.of("start-standby-pump", new Judgement(Verdict.RIGHT, "done", "the remedy")),
        List.of(
            new DrillScenario.Duty("Say it", "early", List.of("notice")),
            new DrillScenario.Duty(
                "Start pump B", "flow", List.of("start-b", "approve:start-standby-pump"))),
        new DrillScenario.Reference(
            OptionalLong.of(5 * MINUTE_NS),
            OptionalLong.of(10 * MINUTE_NS),
            OptionalLong.of(20 * MINUTE_NS)),
        Optional.of(
            new DrillScenario.RecoveryRule(
                List.of(above(FLOW, 1.45)), 5 * MINUTE_NS, 10 * MINUTE_NS)),
        new DrillScenario.LossRule(List.of(below(FLOW, 1.2)), "nothing circulates"),
        List.of(FLOW));
  }

  static Condition below(ChannelId channel, double limit) {
    return new Condition(
        channel, OptionalDouble.of(limit), OptionalDouble.empty(), Optional.empty());
  }

  static Condition above(ChannelId channel, double limit) {
    return new Condition(
        channel, OptionalDouble.empty(), OptionalDouble.of(limit), Optional.empty());
  }
}
