package org.orrery.gateway.runtime.own;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.operations.ControlHolder;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.operations.Run;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.epics.server.PutDecision;

/** That Orrery lives, what it is, whether it may write, and how the facility is run. */
final class StatePvs {
  private static final List<String> NO_YES = List.of("NO", "YES");
  private static final List<String> AUTONOMY = List.of("STOPPED", "APPROVED_ONLY");
  private static final List<String> RUN_STATES = List.of("UNKNOWN", "RUNNING", "STOPPED");

  private final Shown heartbeat;
  private final Shown stopped;
  private final Shown stoppedBy;
  private final Shown stoppedWhy;
  private final Shown autonomy;
  private final Shown mode;
  private final Shown runState;
  private final Shown runNumber;
  private final Shown runType;
  private final Shown control;
  private final Shown tagOuts;
  private long beats;

  StatePvs(
      Board board,
      Facility facility,
      String version,
      Supplier<CompletionStage<PutDecision>> stopWriting) {
    heartbeat = board.count("counts up every second while Orrery lives", "HEARTBEAT");
    board.text("version of the running Orrery", "VERSION").show(version);
    board.text("which detector this Orrery looks after", "FACILITY").show(facility.name());
    board
        .choice("whether that detector is a stand-in", NO_YES, "SIMULATED")
        .choose(facility.simulated() ? "YES" : "NO", Severity.NONE);
    stopped =
        board.writableChoice(
            "whether Orrery's writing is stopped; a put of YES stops it",
            NO_YES,
            value -> onPut(value, stopWriting),
            "WRITING",
            "STOPPED");
    stoppedBy = board.text("who stopped writing; empty while it is not", "WRITING", "BY");
    stoppedWhy = board.text("why writing is stopped; empty while it is not", "WRITING", "REASON");
    autonomy = board.choice("what Orrery may do without a person", AUTONOMY, "AUTONOMY");
    mode = board.text("detector mode", "MODE");
    runState = board.choice("whether a run is going on", RUN_STATES, "RUN", "STATE");
    runNumber = board.total("number of the present or last run", "RUN", "NUMBER");
    runType = board.text("type of the present or last run", "RUN", "TYPE");
    control = board.text("who holds control; empty for nobody", "CONTROL", "HOLDER");
    tagOuts = board.count("devices that nobody may operate", "CONTROL", "TAGOUTS");
    operations(OperationsState.UNKNOWN);
  }

  void beat() {
    heartbeat.show(++beats);
  }

  void writing(WritingState state) {
    stopped.choose(
        state.stopped() ? "YES" : "NO", state.stopped() ? Severity.MINOR : Severity.NONE);
    stoppedBy.show(state.by());
    stoppedWhy.show(state.reason());
    autonomy.choose(state.stopped() ? "STOPPED" : "APPROVED_ONLY", Severity.NONE);
  }

  void operations(OperationsState state) {
    mode.show(state.mode());
    control.show(state.control().map(ControlHolder::person).orElse(""));
    tagOuts.show(state.tagOuts().size());
    if (state.run().isEmpty()) {
      runState.choose("UNKNOWN", Severity.INVALID);
      runNumber.invalidate("no run is known");
    } else {
      Run run = state.run().get();
      runState.choose(run.stopNs().isPresent() ? "STOPPED" : "RUNNING", Severity.NONE);
      runNumber.show((double) run.number());
      runType.show(run.type());
    }
  }

  private static CompletionStage<PutDecision> onPut(
      Value value, Supplier<CompletionStage<PutDecision>> stopWriting) {
    boolean stop = value instanceof Value.ChoiceValue choice && choice.index() == 1;
    return stop
        ? stopWriting.get()
        : CompletableFuture.completedFuture(
            new PutDecision.Refused("two different experts release writing, in Orrery"));
  }
}
