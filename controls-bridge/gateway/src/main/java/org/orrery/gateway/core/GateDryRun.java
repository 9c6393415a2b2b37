package org.orrery.gateway.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.orrery.contract.Bytes;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.DryRun;
import org.orrery.contract.command.SignedCommand;

/**
 * Asks every rule about commands that nobody signed and that are never carried out, each as if
 * those before it had been. Stateless.
 */
final class GateDryRun {
  private static final Bytes UNSIGNED = Bytes.of(new byte[0]);

  private GateDryRun() {}

  static List<DryRun.Step> judge(GateCases cases, List<Command> commands) {
    AssumedPlant plant = cases.assumedPlant();
    List<DryRun.Step> verdicts = new ArrayList<>();
    for (Command command : commands) {
      verdicts.add(judge(cases, command, plant));
      plant.assume(command);
    }
    return verdicts;
  }

  private static DryRun.Step judge(GateCases cases, Command command, AssumedPlant plant) {
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
