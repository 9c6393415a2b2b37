package org.orrery.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.audit.AuditVerdict;
import org.orrery.supervision.SupervisionModule;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Works on the audit chain, of a running Orrery or of a data directory. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Verifies or exports the audit chain.",
    subcommands = {AuditCommand.Verify.class, AuditCommand.Export.class})
public final class AuditCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Picocli fills it in. */
  public AuditCommand() {}

  @Override
  public void run() {
    throw new picocli.CommandLine.ParameterException(
        spec.commandLine(), "say what to do: verify or export");
  }

  /** Where the chain is. Not thread-safe. */
  static final class Place {
    @Mixin private Remote remote = new Remote();
    @Mixin private Configuration configuration = new Configuration();

    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "The data directory of an Orrery that does not run, instead of --url.")
    private @Nullable Path data;

    Place() {}
  }

  /** Walks over the whole chain. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Walks over the whole chain; exit 1 names the first entry that does not fit.")
  public static final class Verify implements Callable<Integer> {
    @Mixin private Place place = new Place();
    @Spec private CommandSpec spec = CommandSpec.create();

    /** Picocli fills it in. */
    public Verify() {}

    @Override
    public Integer call() throws InterruptedException {
      PrintWriter out = spec.commandLine().getOut();
      Path data = place.data;
      if (data == null) {
        return place.remote.get(
            "/api/v1/audit/verify",
            text -> {
              out.println(text);
              return text.contains("\"intact\":true") ? 0 : 1;
            });
      }
      return Offline.run(
          data.toAbsolutePath(),
          place.configuration,
          spec.commandLine().getErr(),
          open ->
              switch (SupervisionModule.verifyAudit(
                  open.path().resolve("supervision"), open.store().room("supervision"))) {
                case AuditVerdict.Intact intact -> {
                  out.printf("{\"intact\":true,\"entries\":%d}%n", intact.entries());
                  yield 0;
                }
                case AuditVerdict.Broken broken -> {
                  out.printf(
                      "{\"intact\":false,\"sequence\":%d,\"why\":\"%s\"}%n",
                      broken.sequence(), broken.why().replace("\"", "'"));
                  yield 1;
                }
              });
    }
  }

  /** Prints entries as JSON. */
  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description =
          "Prints entries as JSON: at most 500 of a running Orrery, one array; all of a data"
              + " directory, one a line. Exit 1 when they did not all reach standard output.")
  public static final class Export implements Callable<Integer> {
    @Mixin private Place place = new Place();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
        names = "--after",
        paramLabel = "N",
        description = "Begin after this sequence number; with --url only.")
    private long after;

    /** Picocli fills it in. */
    public Export() {}

    @Override
    public Integer call() throws InterruptedException {
      Path data = place.data;
      if (data == null) {
        return place.remote.get(
            "/api/v1/audit?after=" + after, text -> exported(line -> line.accept(text)));
      }
      return Offline.run(
          data.toAbsolutePath(),
          place.configuration,
          spec.commandLine().getErr(),
          open ->
              exported(
                  line -> SupervisionModule.exportAudit(open.store().room("supervision"), line)));
    }

    /** Prints line by line; a part of the chain must not pass for the whole of it. */
    private int exported(Consumer<Consumer<String>> lines) {
      PrintWriter out = spec.commandLine().getOut();
      try {
        lines.accept(
            line -> {
              out.println(line);
              if (out.checkError()) {
                throw new CutOffException();
              }
            });
        return 0;
      } catch (CutOffException e) {
        spec.commandLine()
            .getErr()
            .println(
                "the export is not complete: its reader is gone or the disk is full; export again");
        return 1;
      }
    }

    /** What was printed did not arrive. */
    private static final class CutOffException extends RuntimeException {
      private static final long serialVersionUID = 1L;
    }
  }
}
