package org.orrery.app.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Training drills. */
@Command(
    name = "drill",
    mixinStandardHelpOptions = true,
    description = "Training drills on the simulated detector.",
    subcommands = {DrillListCommand.class, DrillRunCommand.class})
public final class DrillCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Picocli fills it in. */
  public DrillCommand() {}

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "say list, or run and a name");
  }
}
