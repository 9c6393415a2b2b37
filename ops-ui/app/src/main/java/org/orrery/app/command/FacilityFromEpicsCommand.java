package org.orrery.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.orrery.app.config.ConfigException;
import org.orrery.app.config.FacilityLoader;
import org.orrery.app.siteimport.FacilityDraft;
import org.orrery.app.siteimport.SiteImport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Drafts a facility description from EPICS databases and a Phoebus alarm tree. */
@Command(
    name = "from-epics",
    mixinStandardHelpOptions = true,
    description = {
      "Drafts a facility description from EPICS databases and a Phoebus alarm tree, for review by"
          + " hand; see docs/guides/bringing-a-site-in.md.",
      "",
      "  orrery facility from-epics --db pumps.db --macros P=LAR: --out facility.yaml",
      ""
    })
public final class FacilityFromEpicsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--db",
      arity = "1..*",
      paramLabel = "FILE",
      description = "EPICS databases or templates.")
  private List<Path> databases = List.of();

  @Option(
      names = "--substitutions",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Substitutions files; their templates are looked for beside them.")
  private List<Path> substitutions = List.of();

  @Option(
      names = "--path",
      arity = "1..*",
      paramLabel = "DIR",
      description = "Where else templates and includes are looked for.")
  private List<Path> folders = List.of();

  @Option(names = "--macros", paramLabel = "NAME=VALUE,...", description = "Macros for all files.")
  private String macros = "";

  @Option(
      names = "--alarm-tree",
      paramLabel = "FILE",
      description = "An export of the Phoebus alarm tree (XML).")
  private @Nullable Path alarmTree;

  @Option(
      names = "--device-pattern",
      paramLabel = "REGEX",
      description =
          "How a PV name tells its device: a group (?<device>...) and, if you like,"
              + " (?<subsystem>...). Left out: SUBSYSTEM:DEVICE:SIGNAL.")
  private @Nullable String devicePattern;

  @Option(names = "--name", paramLabel = "NAME", description = "The facility's name.")
  private String name = "my-detector";

  @Option(names = "--title", paramLabel = "TITLE", description = "The facility's title.")
  private String title = "My detector";

  @Option(names = "--zone", paramLabel = "ZONE", description = "Its IANA time zone.")
  private String zone = "UTC";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The draft; a file that is there already is not touched.")
  private Path out = Path.of("facility.yaml");

  /** Picocli fills it in. */
  public FacilityFromEpicsCommand() {}

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    if (databases.isEmpty() && substitutions.isEmpty() && alarmTree == null) {
      err.println("give at least one of --db, --substitutions and --alarm-tree");
      return 2;
    }
    if (Files.exists(out)) {
      err.printf("%s is there already, and may hold what somebody reviewed; name another%n", out);
      return 2;
    }
    try {
      FacilityDraft draft =
          SiteImport.draft(
              new SiteImport.Sources(
                  databases,
                  substitutions,
                  folders,
                  macros,
                  Optional.ofNullable(alarmTree),
                  Optional.ofNullable(devicePattern)),
              new FacilityDraft.Heading(name, title, zone));
      FacilityLoader.parse(out.toString(), draft.yaml());
      Files.writeString(out, draft.yaml());
      report(draft);
      return 0;
    } catch (ConfigException e) {
      e.problems().forEach(err::println);
      return 2;
    } catch (IOException e) {
      err.printf("%s cannot be written (%s)%n", out, e);
      return 1;
    }
  }

  private void report(FacilityDraft draft) {
    PrintWriter said = spec.commandLine().getOut();
    said.printf("%s: %d channels, none writable%n", out, draft.channels());
    said.printf("%d places marked '# review:'%n", draft.reviews());
    draft
        .unknownUnits()
        .forEach((unit, times) -> said.printf("unknown unit '%s': %d times%n", unit, times));
    draft.skipped().forEach(line -> said.printf("skipped %s%n", line));
    said.printf("next: review it, then orrery check --facility %s%n", out);
  }
}
