package org.orrery.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.orrery.store.SchemaExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the state of record as CSV, one file per table. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Writes every table of an Orrery that does not run as CSV, one file per table, all of one"
            + " moment.")
public final class ExportCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();
  @Mixin private Configuration configuration = new Configuration();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to write.")
  private Path out = Path.of("");

  /** Picocli fills it in. */
  public ExportCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter print = spec.commandLine().getOut();
    return Offline.run(
        data.path(),
        configuration,
        spec.commandLine().getErr(),
        open -> {
          SchemaExport.writeCsv(open.store(), out.toAbsolutePath())
              .forEach((table, rows) -> print.printf("%-36s %,12d rows%n", table, rows));
          return 0;
        });
  }
}
