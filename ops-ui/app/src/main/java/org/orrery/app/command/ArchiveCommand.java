package org.orrery.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.orrery.app.archive.ApplianceReader;
import org.orrery.app.archive.ArchiveException;
import org.orrery.app.archive.ArchiveExport;
import org.orrery.app.archive.ArchiveImport;
import org.orrery.app.archive.Channels;
import org.orrery.bus.csv.Csv;
import org.orrery.contract.facility.ChannelPattern;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Samples out of and into the archive of a running Orrery. */
@Command(
    name = "archive",
    mixinStandardHelpOptions = true,
    description = "Takes samples out of the archive of a running Orrery, or brings some in.",
    subcommands = {ArchiveCommand.Export.class, ArchiveCommand.Import.class})
public final class ArchiveCommand implements Runnable {
  private static final String NOBODY = "no Orrery answers to the end at %s (%s); try again%n";

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Picocli fills it in. */
  public ArchiveCommand() {}

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "say what to do: export or import");
  }

  /** Writes samples to a file. */
  @Command(
      name = "export",
      mixinStandardHelpOptions = true,
      description = "Writes stored samples, and the gaps between them, to a file.")
  public static final class Export implements Callable<Integer> {
    @Mixin private Remote remote = new Remote();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
        names = "--channels",
        required = true,
        paramLabel = "PATTERN",
        description = "Channel ids separated by commas; a star stands for any characters.")
    private String channels = "";

    @Option(
        names = "--from",
        required = true,
        paramLabel = "TIME",
        description = "First plant time, such as 2026-11-28T12:00:00Z.")
    private String from = "";

    @Option(
        names = "--to",
        required = true,
        paramLabel = "TIME",
        description = "Last plant time, exclusive.")
    private String to = "";

    @Option(
        names = "--format",
        paramLabel = "FORMAT",
        defaultValue = "CSV",
        description = "csv or parquet (default: csv).")
    private ArchiveExport.Format format = ArchiveExport.Format.CSV;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to write.")
    private Path out = Path.of("");

    /** Picocli fills it in. */
    public Export() {}

    @Override
    public Integer call() throws InterruptedException {
      Quiet.logs();
      try {
        long rows =
            ArchiveExport.write(
                remote.url(), new ArchiveExport.Span(channels, from, to), format, out);
        spec.commandLine().getOut().printf("%,d rows in %s%n", rows, out);
        return 0;
      } catch (ArchiveException e) {
        spec.commandLine().getErr().println(e.getMessage());
      } catch (IOException e) {
        spec.commandLine().getErr().printf(NOBODY, remote.url(), e);
      }
      return 1;
    }
  }

  /** Brings samples of another archive in. */
  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description =
          "Brings in what another archive knows. Measured samples are never replaced, and the same"
              + " again changes nothing: what was interrupted is simply begun anew.")
  public static final class Import implements Callable<Integer> {
    @Mixin private Remote remote = new Remote();
    @Spec private CommandSpec spec = CommandSpec.create();

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Source source = new Source();

    @Option(
        names = "--channels",
        paramLabel = "PATTERN",
        defaultValue = "*",
        description = "With --from-aa: which channels (default: all).")
    private String channels = "";

    @Option(
        names = "--from",
        paramLabel = "TIME",
        description = "With --from-aa: first time, such as 2026-11-28T12:00:00Z.")
    private @Nullable OffsetDateTime from;

    @Option(
        names = "--to",
        paramLabel = "TIME",
        description = "With --from-aa: last time, exclusive.")
    private @Nullable OffsetDateTime to;

    @Option(
        names = "--user",
        paramLabel = "NAME",
        defaultValue = "admin",
        description =
            "An account with the role ADMIN (default: ${DEFAULT-VALUE}). Its password is taken from"
                + " the environment variable ORRERY_PASSWORD, or asked for.")
    private String user = "";

    /** Picocli fills it in. */
    public Import() {}

    /** Where samples come from. Not thread-safe. */
    static final class Source {
      @Option(
          names = "--from-aa",
          paramLabel = "URL",
          description = "Retrieval of an EPICS Archiver Appliance: http://host:17668/retrieval.")
      private @Nullable String appliance;

      @Option(
          names = "--from-csv",
          paramLabel = "FILE",
          description =
              "CSV with a header: channel or pv, time_ns or time, value, and whatever else an"
                  + " export has.")
      private @Nullable Path csv;

      Source() {}
    }

    @Override
    public Integer call() throws InterruptedException {
      Quiet.logs();
      PrintWriter err = spec.commandLine().getErr();
      Optional<String> password = password();
      if (password.isEmpty()) {
        err.println("no password: set ORRERY_PASSWORD");
        return 2;
      }
      try {
        ArchiveImport.Done done =
            source.csv != null
                ? fromCsv(source.csv, password.get())
                : fromAppliance(String.valueOf(source.appliance), password.get());
        spec.commandLine()
            .getOut()
            .printf(
                "%,d samples added, %,d left out because they were there, %,d gaps added%n",
                done.added(), done.present(), done.gaps());
        return 0;
      } catch (ArchiveException e) {
        err.println(e.getMessage());
      } catch (IOException e) {
        err.printf(NOBODY, remote.url(), e);
      }
      return 1;
    }

    private ArchiveImport.Done fromCsv(Path file, String password)
        throws IOException, InterruptedException {
      Csv.Reader reader = new Csv.Reader();
      try (var text = Files.newBufferedReader(file)) {
        List<List<String>> records = new ArrayList<>();
        char[] piece = new char[1 << 16];
        int length = text.read(piece);
        while (length >= 0 && records.isEmpty()) {
          records.addAll(reader.read(new String(piece, 0, length)));
          length = records.isEmpty() ? text.read(piece) : length;
        }
        if (records.isEmpty()) {
          throw new ArchiveException(file + " has no lines; it needs a header line");
        }
        try (ArchiveImport sink =
            ArchiveImport.open(remote.url(), user, password, records.removeFirst())) {
          add(records, sink);
          for (length = text.read(piece); length >= 0; length = text.read(piece)) {
            add(reader.read(new String(piece, 0, length)), sink);
          }
          add(reader.end().map(List::of).orElse(List.of()), sink);
          return sink.flush();
        }
      }
    }

    private static void add(List<List<String>> records, ArchiveImport sink)
        throws IOException, InterruptedException {
      for (List<String> record : records) {
        sink.add(record);
      }
    }

    /** Day by day, so that neither side holds much, and progress can be told. */
    private ArchiveImport.Done fromAppliance(String url, String password)
        throws IOException, InterruptedException {
      if (from == null || to == null) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "--from-aa needs --from and --to");
      }
      Instant end = to.toInstant();
      Map<String, String> pvs = Channels.matching(remote.url(), pattern());
      try (ApplianceReader reader = new ApplianceReader(url);
          ArchiveImport sink =
              ArchiveImport.open(remote.url(), user, password, ApplianceReader.COLUMNS)) {
        Iterator<Map.Entry<String, String>> all = pvs.entrySet().iterator();
        while (all.hasNext()) {
          Map.Entry<String, String> channel = all.next();
          long samples = 0;
          Instant start = from.toInstant();
          while (start.isBefore(end)) {
            Instant next = start.plus(Duration.ofDays(1));
            Instant until = next.isBefore(end) ? next : end;
            samples += reader.read(channel.getKey(), channel.getValue(), start, until, sink::add);
            start = until;
          }
          spec.commandLine().getErr().printf("%s: %,d samples%n", channel.getKey(), samples);
        }
        return sink.flush();
      }
    }

    private ChannelPattern pattern() {
      try {
        return new ChannelPattern(channels);
      } catch (IllegalArgumentException e) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), String.valueOf(e.getMessage()), e);
      }
    }

    private static Optional<String> password() {
      String given = System.getenv("ORRERY_PASSWORD");
      if (given != null) {
        return Optional.of(given);
      }
      var console = System.console();
      if (console == null || !console.isTerminal()) {
        return Optional.empty();
      }
      char[] typed = console.readPassword("password: ");
      return typed == null ? Optional.empty() : Optional.of(new String(typed));
    }
  }
}
