package org.orrery.app.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What can be done with facility descriptions. */
@Command(
    name = "facility",
    mixinStandardHelpOptions = true,
    description = "Drafts a facility description out of what a site has.",
    subcommands = {FacilityFromEpicsCommand.class})
public final class FacilityCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Picocli fills it in. */
  public FacilityCommand() {}

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "say what to do: orrery facility from-epics --help");
  }
}
