package org.orrery.app.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Works on the audit chain of a running Orrery. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Verifies or exports the audit chain of a running Orrery.",
    subcommands = {AuditCommand.Verify.class, AuditCommand.Export.class})
public final class AuditCommand {
  /** Picocli fills it in. */
  public AuditCommand() {}

  /** Walks over the whole chain. */
  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Walks over the whole chain; exit 1 names the first entry that does not fit.")
  public static final class Verify implements Callable<Integer> {
    @Mixin private Remote remote = new Remote();

    /** Picocli fills it in. */
    public Verify() {}

    @Override
    public Integer call() throws InterruptedException {
      return remote.get(
          "/api/v1/audit/verify",
          text -> {
            System.out.println(text);
            return text.contains("\"intact\":true") ? 0 : 1;
          });
    }
  }

  /** Prints entries as JSON. */
  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Prints entries as JSON, at most 500 at a time.")
  public static final class Export implements Callable<Integer> {
    @Mixin private Remote remote = new Remote();

    @Option(names = "--after", paramLabel = "N", description = "Begin after this sequence number.")
    private long after;

    /** Picocli fills it in. */
    public Export() {}

    @Override
    public Integer call() throws InterruptedException {
      return remote.get(
          "/api/v1/audit?after=" + after,
          text -> {
            System.out.println(text);
            return 0;
          });
    }
  }
}
