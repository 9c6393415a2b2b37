package org.orrery.app.command;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.orrery.contract.drill.DrillSheet;
import org.orrery.lab.drill.DrillCatalogue;
import org.orrery.lab.drill.DrillFileException;
import org.orrery.lab.drill.core.DrillScenario;
import org.orrery.lab.drill.core.Wording;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the drills; what goes wrong in them is not told. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the drills, the easiest first.")
public final class DrillListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Picocli fills it in. */
  public DrillListCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      for (DrillScenario drill : DrillCatalogue.all()) {
        DrillSheet sheet = drill.sheet();
        out.printf(
            "%-16s  %-12s  at most %-6s  %s%n",
            sheet.name(),
            sheet.level(),
            Wording.duration(Math.round(sheet.lengthNs() / sheet.factor())),
            sheet.title());
      }
      out.flush();
      return 0;
    } catch (DrillFileException e) {
      e.problems().forEach(spec.commandLine().getErr()::println);
      return 2;
    }
  }
}
