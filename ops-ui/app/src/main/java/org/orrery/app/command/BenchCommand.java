package org.orrery.app.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Benchmarks that anyone can run again. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Runs a benchmark.",
    subcommands = {
      BenchLarCommand.class,
      BenchTwinCommand.class,
      BenchIngestCommand.class,
      BenchDelayCommand.class,
      BenchFaultsCommand.class,
      BenchSimulatorCommand.class,
      BenchChannelsCommand.class,
      BenchClientsCommand.class,
      BenchSoakCommand.class,
      BenchStoreCommand.class
    })
public final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Picocli fills it in. */
  public BenchCommand() {}

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "name a benchmark");
  }
}
