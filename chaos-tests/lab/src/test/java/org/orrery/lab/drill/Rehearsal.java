package org.orrery.lab.drill;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.orrery.contract.Person;
import org.orrery.contract.drill.DrillDebrief;
import org.orrery.contract.drill.DrillEntry.Kind;
import org.orrery.contract.drill.DrillRequest;
import org.orrery.contract.drill.DrillState.Phase;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.value.Value;
import org.orrery.lab.drill.core.Drill;
import org.orrery.lab.drill.core.DrillEvent;
import org.orrery.lab.drill.core.DrillOutput;
import org.orrery.lab.drill.core.DrillScenario;
import org.orrery.lab.drill.core.Progress;
import org.orrery.simulator.CommandReply;
import org.orrery.simulator.DetectorSimulator;
import org.orrery.simulator.Reading;
import org.orrery.simulator.SimValue;
import org.orrery.simulator.SimulatorConfig;

/** Plays a drill against the simulator itself, in virtual time. Not thread-safe. */
final class Rehearsal {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final Person ANNA = new Person("anna", Set.of());

  private final DrillScenario scenario;
  private final Drill drill;
  private final DetectorSimulator simulator;
  private Progress progress;
  private long nowNs = 1_795_000_000L * SECOND_NS;

  Rehearsal(DrillScenario scenario, long seed) {
    this.scenario = scenario;
    this.drill = new Drill(scenario, seed);
    this.simulator = new DetectorSimulator(SimulatorConfig.reference(seed), nowNs);
    this.progress = drill.begin(nowNs);
  }

  /**
   * Plays to the end: after the onset and a pause the trainee says what is right, and sends people
   * one after the other.
   *
   * @param words whether the trainee speaks at all
   * @param actions what is done, in this order
   * @param pauseNs from the onset and from one deed to the next, plant ns
   */
  DrillDebrief play(boolean words, List<String> actions, long pauseNs) {
    take(new DrillEvent.TwinHeard(true));
    while (progress.phase() == Phase.PREPARING) {
      second();
    }
    take(new DrillEvent.Asked(new DrillRequest.Start(ANNA)));
    boolean spoken = !words;
    Deque<String> left = new ArrayDeque<>(actions);
    long lastDeedNs = Long.MAX_VALUE;
    while (progress.phase() == Phase.RUNNING) {
      second();
      long sinceNs = progress.onsetNs().orElse(progress.startedNs().orElseThrow());
      if (nowNs - sinceNs < pauseNs) {
        continue;
      }
      if (!spoken) {
        spoken = true;
        take(new DrillEvent.Asked(new DrillRequest.Notice(ANNA, "something is wrong")));
        take(new DrillEvent.Asked(new DrillRequest.Diagnose(ANNA, right(), "")));
      }
      if (!progress.walks().isEmpty()) {
        lastDeedNs = nowNs;
      } else if (!left.isEmpty()
          && (lastDeedNs == Long.MAX_VALUE || nowNs - lastDeedNs >= pauseNs)) {
        take(new DrillEvent.Asked(new DrillRequest.Act(ANNA, left.removeFirst())));
      }
    }
    return drill.seen(progress).debrief().orElseThrow();
  }

  /** What the simulator refused, in words. */
  List<String> refusals() {
    return progress.record().stream()
        .filter(e -> e.kind() == Kind.FAILED || e.text().contains("refused"))
        .map(e -> e.subject() + ": " + e.text())
        .toList();
  }

  private String right() {
    return scenario.answers().entrySet().stream()
        .filter(answer -> answer.getValue().right())
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  private void second() {
    nowNs += SECOND_NS;
    for (Reading reading : simulator.step(nowNs)) {
      ChannelId channel = new ChannelId(reading.channelId());
      if (scenario.watched().contains(channel)) {
        value(reading).ifPresent(v -> take(new DrillEvent.Measured(channel, v)));
      }
    }
    take(new DrillEvent.Tick());
  }

  private void take(DrillEvent event) {
    Drill.Step step = drill.step(progress, event, nowNs);
    progress = step.progress();
    for (DrillOutput output : step.outputs()) {
      if (output instanceof DrillOutput.GiveOrders orders) {
        CommandReply reply = new CommandReply(true, "");
        for (String line : orders.lines()) {
          reply = reply.done() ? simulator.command(line) : reply;
        }
        take(new DrillEvent.OrdersAnswered(orders.key(), reply.done(), reply.text()));
      }
    }
  }

  private Optional<Value> value(Reading reading) {
    return switch (reading.value()) {
      case SimValue.DoubleValue(double value) -> Optional.of(Value.of(value));
      case SimValue.LongValue(long value) -> Optional.of(new Value.LongValue(value));
      case SimValue.ChoiceValue(int index) ->
          Optional.of(
              new Value.ChoiceValue(
                  index,
                  simulator.channel(reading.channelId()).orElseThrow().choices().get(index)));
      case SimValue.TextValue text -> Optional.empty();
      case SimValue.ArrayValue array -> Optional.empty();
    };
  }
}
