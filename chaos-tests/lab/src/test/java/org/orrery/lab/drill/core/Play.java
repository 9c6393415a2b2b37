package org.orrery.lab.drill.core;

import static org.orrery.lab.drill.core.Scenarios.MINUTE_NS;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.orrery.contract.Person;
import org.orrery.contract.drill.DrillDebrief;
import org.orrery.contract.drill.DrillRequest;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.value.Value;

/** Plays a drill in tests, one event after the other. Not thread-safe. */
final class Play {
  static final Person ANNA = new Person("anna", Set.of());

  final Drill drill;
  final List<DrillOutput> outputs = new ArrayList<>();
  Progress progress;
  long nowNs = 1_000 * MINUTE_NS;

  Play(DrillScenario scenario) {
    this.drill = new Drill(scenario, 1);
    this.progress = drill.begin(nowNs);
  }

  /** A drill that was started after the twin had agreed for long enough. */
  static Play started(DrillScenario scenario) {
    Play play = new Play(scenario);
    play.hear(new DrillEvent.TwinHeard(true));
    play.pass(11);
    play.ask(new DrillRequest.Start(ANNA));
    return play;
  }

  List<DrillOutput> hear(DrillEvent event) {
    Drill.Step step = drill.step(progress, event, nowNs);
    progress = step.progress();
    outputs.addAll(step.outputs());
    return step.outputs();
  }

  List<DrillOutput> ask(DrillRequest request) {
    return hear(new DrillEvent.Asked(request));
  }

  List<DrillOutput> act(String action) {
    return ask(new DrillRequest.Act(ANNA, action));
  }

  List<DrillOutput> diagnose(String choice) {
    return ask(new DrillRequest.Diagnose(ANNA, choice, ""));
  }

  void read(ChannelId channel, double value) {
    hear(new DrillEvent.Measured(channel, Value.of(value)));
  }

  /** Lets minutes pass, second by second, and carries out every order at once. */
  void pass(double minutes) {
    long untilNs = nowNs + Math.round(minutes * MINUTE_NS);
    while (nowNs < untilNs) {
      nowNs = Math.min(untilNs, nowNs + 1_000_000_000L);
      for (DrillOutput output : hear(new DrillEvent.Tick())) {
        if (output instanceof DrillOutput.GiveOrders orders) {
          hear(new DrillEvent.OrdersAnswered(orders.key(), true, "done"));
        }
      }
    }
  }

  DrillDebrief debrief() {
    return drill.seen(progress).debrief().orElseThrow();
  }
}
