package org.orrery.app.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.orrery.app.config.ConfigException;
import org.orrery.app.run.Announcement;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists all problems of a configuration at once. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Lists all problems of a configuration at once.")
public final class CheckCommand implements Callable<Integer> {
  @Mixin private Configuration configuration = new Configuration();
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Picocli fills it in. */
  public CheckCommand() {}

  @Override
  public Integer call() {
    try {
      Configuration.Loaded loaded = configuration.load();
      spec.commandLine()
          .getOut()
          .printf(
              "%s: %d channels in %d subsystems, access %s; nothing to mend%n",
              loaded.facility().name(),
              loaded.facility().channels().size(),
              loaded.facility().subsystems().size(),
              Announcement.access(loaded.access()));
      return 0;
    } catch (ConfigException e) {
      PrintWriter err = spec.commandLine().getErr();
      e.problems().forEach(err::println);
      err.printf("%d problems%n", e.problems().size());
      return 2;
    }
  }
}
