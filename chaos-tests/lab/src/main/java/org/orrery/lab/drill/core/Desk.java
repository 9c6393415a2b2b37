package org.orrery.lab.drill.core;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.orrery.contract.drill.DrillEntry.Kind;
import org.orrery.contract.drill.DrillRequest;
import org.orrery.contract.drill.DrillSheet;
import org.orrery.contract.drill.DrillState.Phase;

/** Where the trainee's requests come in. Immutable. */
final class Desk {
  private static final int MOST_ENTRIES = 400;
  private static final int LONGEST_TEXT = 500;

  private final DrillScenario scenario;

  Desk(DrillScenario scenario) {
    this.scenario = scenario;
  }

  /** Takes a request; it is recorded, or declined with a reason. */
  void take(Draft draft, DrillRequest request) {
    String by = request.person().name();
    if (request instanceof DrillRequest.Start) {
      start(draft, by);
      return;
    }
    if (draft.phase != Phase.RUNNING) {
      decline(
          draft,
          draft.phase == Phase.ENDED
              ? "the drill is over; read the debrief"
              : "the drill has not been started; start it first");
      return;
    }
    if (draft.record.size() >= MOST_ENTRIES) {
      decline(draft, "the record of this drill is full; end the drill");
      return;
    }
    switch (request) {
      case DrillRequest.Start start -> throw new IllegalStateException("handled above");
      case DrillRequest.Notice notice -> {
        if (notice.text().isBlank()) {
          decline(draft, "say in a few words what looks wrong");
        } else {
          draft.say(Kind.NOTICE, "", cut(notice.text()), by);
        }
      }
      case DrillRequest.Diagnose diagnose -> diagnose(draft, diagnose, by);
      case DrillRequest.Act act -> act(draft, act.action(), by);
      case DrillRequest.End end -> draft.end("ended by hand", by);
    }
  }

  private void start(Draft draft, String by) {
    switch (draft.phase) {
      case PREPARING -> decline(draft, "the drill is not ready yet: " + waitingFor(draft.phase));
      case RUNNING -> decline(draft, "the drill runs already");
      case ENDED -> decline(draft, "the drill is over; 'orrery drill run' starts another");
      case READY -> {
        draft.phase = Phase.RUNNING;
        draft.startedNs = OptionalLong.of(draft.nowNs);
        draft.exposure = Exposure.from(draft.nowNs);
        draft.say(Kind.STARTED, "", "the drill began", by);
      }
    }
  }

  private void diagnose(Draft draft, DrillRequest.Diagnose request, String by) {
    if (!scenario.answers().containsKey(request.choice())) {
      decline(draft, "there is no diagnosis '" + request.choice() + "'; choose one of the list");
      return;
    }
    String title =
        scenario.sheet().diagnoses().stream()
            .filter(choice -> choice.id().equals(request.choice()))
            .findFirst()
            .orElseThrow()
            .title();
    String more = request.text().isBlank() ? "" : ": " + cut(request.text().strip());
    draft.say(Kind.DIAGNOSIS, request.choice(), title + more, by);
  }

  private void act(Draft draft, String action, String by) {
    if (!scenario.acts().containsKey(action)) {
      decline(draft, "there is no action '" + action + "'; choose one of the list");
      return;
    }
    if (draft.walks.stream().anyMatch(walk -> walk.action().equals(action))) {
      decline(draft, "somebody is on the way for that already");
      return;
    }
    long walkNs = action(action).walkNs();
    List<Progress.Walk> more = new ArrayList<>(draft.walks);
    more.add(new Progress.Walk(draft.walksSent++, action, by, draft.nowNs + walkNs, false));
    draft.walks = List.copyOf(more);
    draft.say(Kind.SENT, action, action(action).title(), by);
  }

  /** What a drill in this phase waits for, in words; empty for nothing. */
  static String waitingFor(Phase phase) {
    return phase == Phase.PREPARING
        ? "Orrery learns what is usual at this detector, which takes eleven minutes of plant time"
            + " once the twin agrees"
        : "";
  }

  private static void decline(Draft draft, String reason) {
    draft.outputs.add(new DrillOutput.Declined(reason));
  }

  /** The action of the sheet with this id, which must exist. */
  DrillSheet.RackAction action(String id) {
    return scenario.sheet().actions().stream()
        .filter(action -> action.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  static String cut(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
  }
}
