package org.orrery.app;

import java.io.PrintStream;
import java.io.PrintWriter;
import org.orrery.app.command.ArchiveCommand;
import org.orrery.app.command.AuditCommand;
import org.orrery.app.command.BenchCommand;
import org.orrery.app.command.CheckCommand;
import org.orrery.app.command.DrillCommand;
import org.orrery.app.command.ExportCommand;
import org.orrery.app.command.FacilityCommand;
import org.orrery.app.command.FaultCommand;
import org.orrery.app.command.RunCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the {@code orrery} command. */
@Command(
    name = "orrery",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Runs a particle-physics detector under human supervision.",
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      AuditCommand.class,
      BenchCommand.class,
      FacilityCommand.class,
      FaultCommand.class,
      DrillCommand.class,
      ExportCommand.class,
      ArchiveCommand.class,
    })
public final class Main implements Runnable {

  /** Picocli fills it in. */
  private Main() {}

  /**
   * Runs one command and exits: 0 done, 1 failed, 2 bad usage or configuration.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(commandLine(System.out).execute(args));
  }

  /**
   * The whole command line.
   *
   * @param out directly beneath the writer that commands print to: through picocli's own writer
   *     they could not see that printing failed
   */
  static CommandLine commandLine(PrintStream out) {
    return new CommandLine(new Main())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(out, true));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }
}
