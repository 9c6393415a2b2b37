package org.orrery.app.command;

import picocli.CommandLine.Command;

/** Benchmarks that anyone can run again. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Runs a benchmark.",
    subcommands = {})
public final class BenchCommand {
  /** Picocli fills it in. */
  public BenchCommand() {}
}
