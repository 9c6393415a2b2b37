package org.orrery.gateway.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.orrery.contract.Bytes;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.DryRun;
import org.orrery.contract.command.SignedCommand;

/**
 * Asks every rule about commands that nobody signed and that are never carried out, each as if
 * those before it had been. A few at a time: whatever else is to be done on the gate's thread comes
 * in between. For one run; confined to the gate's thread.
 */
final class GateDryRun {
  /** Takes a few milliseconds where a facility has ten thousand channels. */
  static final int SLICE = 25;

  private static final Bytes UNSIGNED = Bytes.of(new byte[0]);

  private final GateCases cases;
  private final List<Command> commands;
  private final AssumedPlant plant;
  private final Executor thread;
  private final Consumer<List<DryRun.Step>> reply;
  private final List<DryRun.Step> verdicts = new ArrayList<>();

  /**
   * @param thread the gate's
   * @param reply takes the verdict on each command, in order
   */
  GateDryRun(
      GateCases cases, List<Command> commands, Executor thread, Consumer<List<DryRun.Step>> reply) {
    this.cases = cases;
    this.commands = commands;
    this.plant = cases.assumedPlant();
    this.thread = thread;
    this.reply = reply;
  }

  /** Judges the next few; calls itself again until all are. */
  void go() {
    int judged = verdicts.size();
    for (Command command : commands.subList(judged, Math.min(judged + SLICE, commands.size()))) {
      verdicts.add(judge(command));
      plant.assume(command);
    }
    if (verdicts.size() == commands.size()) {
      reply.accept(List.copyOf(verdicts));
    } else {
      thread.execute(this::go);
    }
  }

  private DryRun.Step judge(Command command) {
    SignedCommand unsigned = new SignedCommand(command, UNSIGNED);
    GateCase given =
        cases.of(unsigned, true, Optional.empty(), cases.history(command)).supposing(plant);
    return switch (GateRules.judge(given)) {
      case GateVerdict.Allowed allowed ->
          new DryRun.Step(command.stepIndex(), Optional.empty(), "");
      case GateVerdict.Refused refused ->
          new DryRun.Step(command.stepIndex(), Optional.of(refused.reason()), refused.detail());
    };
  }
}
