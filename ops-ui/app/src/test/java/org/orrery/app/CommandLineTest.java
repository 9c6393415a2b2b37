package org.orrery.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.orrery.store.Store;
import org.orrery.store.StoreConfig;
import picocli.CommandLine;

class CommandLineTest {
  private static final String HEAD = "id,quantity,model,inputs,expected,unit,rtol,kind,source\n";
  private static final String ROW = "A1,density,LArSoft linear,T_K=89.0,%s,g/cm3,1e-9,x,y\n";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bench",
        "audit",
        "bench lar",
        "bench lar --csv /no/such/file",
        "bench ingest --seconds 0",
        "bench ingest --rates 100,x",
        "bench delay --seconds -1",
        "bench delay --url not-a-url",
        "bench nonsense",
        "export",
        "facility",
        "facility from-epics",
        "facility from-epics --out x.yaml",
        "facility from-epics --db /no/such/file --out x.yaml",
        "archive",
        "archive export --channels a",
        "archive export --channels a --from 1 --to 2 --out x --format xml",
        "archive import",
        "archive import --from-csv a --from-aa b",
        "bench store",
        "bench store --samples 0 --data target/none",
        "fault",
        "drill",
        "drill run",
        "drill run nonsense",
        "drill run quiet-pump --facility hall-b.yaml",
        "run --port many",
        "check --facility /no/such/file",
        "nonsense"
      })
  void shouldSayWhatIsWrongWithBadUsage(String line) {
    // Given
    String[] words = line.split(" ");

    // When
    int code = run(words);

    // Then
    assertThat(code).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void shouldRefuseToAcknowledgeInPhoebusFromASimulatedDetector() throws IOException {
    // Given
    Path site =
        Files.writeString(
            folder.resolve("site.yaml"),
            "alarms: {phoebus: {servers: \"10.0.0.1:9092\", config: Accelerator}}\n");

    // When
    int code = run("check", "--site", site.toString());

    // Then
    assertThat(code).isEqualTo(2);
    assertThat(out.toString() + err)
        .contains("'alarms.phoebus' names [10.0.0.1:9092]")
        .contains("a simulated detector");
  }

  @Test
  void shouldDraftAFacilityThatTheCheckThenAccepts() throws IOException {
    // Given
    Path database =
        Files.writeString(
            folder.resolve("x.db"), "record(ao, \"$(P)HV:SET\") { field(EGU, \"kV\") }\n");
    Path draft = folder.resolve("facility.yaml");
    String[] words = {
      "facility",
      "from-epics",
      "--db",
      database.toString(),
      "--macros",
      "P=LAR:",
      "--out",
      draft.toString()
    };

    // When
    int drafted = run(words);
    int checked = run("check", "--facility", draft.toString());
    int again = run(words);

    // Then
    assertThat(drafted).isZero();
    assertThat(checked).isZero();
    assertThat(out.toString()).contains("1 channels, none writable", "nothing to mend");
    assertThat(again).as("what somebody reviewed is never overwritten").isEqualTo(2);
  }

  @Test
  void shouldRefuseServersOfASiteForASimulatedDetector() throws IOException {
    // Given
    Path site =
        Files.writeString(
            folder.resolve("site.yaml"), "controls: {pva-servers: [\"10.0.0.1:5076\"]}\n");

    // When
    int code = run("check", "--site", site.toString());

    // Then
    assertThat(code).isEqualTo(2);
    assertThat(out.toString() + err)
        .contains("'controls.pva-servers' names [10.0.0.1:5076]")
        .contains("a simulated detector")
        .contains("leave it out");
  }

  @Test
  void shouldInsistThatSomebodySaysWhoMayWriteToARealDetector() throws IOException {
    // Given
    Path facility =
        Files.writeString(
            folder.resolve("facility.yaml"),
            """
            name: hall-b
            title: Hall B
            modes: [STANDBY]
            subsystems:
              - {name: pumps, title: Pumps, call-out: nobody, headline: []}
            channels:
              - id: pump.speed-set
                kind: double
                unit: Hz
                subsystem: pumps
                device: pump
                description: Speed
                write: {range: [0, 50]}
            """);
    Path site =
        Files.writeString(
            folder.resolve("site.yaml"), "controls: {pva-servers: [\"10.0.0.1:5076\"]}\n");
    String[] words = {"check", "--facility", facility.toString(), "--site", site.toString()};

    // When
    int silent = run(words);
    String problems = err.toString();
    Files.writeString(folder.resolve("access.yaml"), "access: open\n");
    int open = run(words);
    int simulated = run("check");

    // Then
    assertThat(silent).isEqualTo(2);
    assertThat(problems)
        .contains("access.yaml is not there", "who may have what written", "'access: open'")
        .contains("1 problems");
    assertThat(open).isZero();
    assertThat(out.toString()).contains("hall-b: 1 channels", "access open: everybody may");
    assertThat(simulated).as("the stand-in needs no rules").isZero();
  }

  @Test
  void shouldListEveryPvThatNoServerOfItsProtocolCouldHave() throws IOException {
    // Given
    Path facility = folder.resolve("facility.yaml");
    Path database =
        Files.writeString(
            folder.resolve("x.db"),
            "record(ai, \"HV:A\") { field(EGU, \"kV\") }\nrecord(ai, \"HV:B\") {}\n");
    run("facility", "from-epics", "--db", database.toString(), "--out", facility.toString());
    Files.writeString(
        facility,
        Files.readString(facility).replace("HV:A", "ca://HV:A").replace("HV:B", "tango://HV:B"));
    Path without =
        Files.writeString(
            folder.resolve("site.yaml"), "controls: {pva-servers: [\"10.0.0.1:5076\"]}\n");
    Path with =
        Files.writeString(
            folder.resolve("with.yaml"),
            "controls: {pva-servers: [\"10.0.0.1:5076\"], ca-servers: [\"10.0.0.2:5064\"]}\n");

    // When
    int refused = run("check", "--facility", facility.toString(), "--site", without.toString());
    String problems = out.toString() + err;
    Files.writeString(facility, Files.readString(facility).replace("tango://HV:B", "pva://HV:B"));
    int accepted = run("check", "--facility", facility.toString(), "--site", with.toString());

    // Then
    assertThat(refused).isEqualTo(2);
    assertThat(problems)
        .contains("'ca://HV:A' are sought over Channel Access, but")
        .contains("lists no 'controls.ca-servers'")
        .contains("'tango://HV:B' name no protocol that is spoken here");
    assertThat(accepted).isZero();
  }

  @Test
  void shouldListTheDrillsWithoutTellingWhatGoesWrong() {
    // When
    int code = run("drill", "list");

    // Then
    assertThat(code).isZero();
    assertThat(out.toString()).contains("quiet-pump", "first steps", "The quiet pump");
    assertThat(out.toString()).doesNotContain("contactor", "F5");
  }

  @Test
  void shouldExitByWhatTheBenchmarkFound() throws IOException {
    // Given
    Path good = Files.writeString(folder.resolve("good.csv"), HEAD + ROW.formatted("1.38065"));
    Path wrong = Files.writeString(folder.resolve("wrong.csv"), HEAD + ROW.formatted("1.4"));
    Path broken = Files.writeString(folder.resolve("broken.csv"), HEAD + ROW.formatted("x"));
    Path json = folder.resolve("out.json");

    // When
    int holds = run("bench", "lar", "--csv", good.toString(), "--json", json.toString());
    int fails = run("bench", "lar", "--csv", wrong.toString());
    int unusable = run("bench", "lar", "--csv", broken.toString());

    // Then
    assertThat(new int[] {holds, fails, unusable}).containsExactly(0, 1, 2);
    assertThat(out.toString()).contains("1 rows: 1 hold").contains("FAILS A1");
    assertThat(err.toString()).contains("line 2: 'x' is no number");
    assertThat(json).content().contains("\"dataHash\"").contains("\"passed\" : true");
  }

  @Test
  void shouldRefuseAFaultWhereNoSimulatedDetectorRan() {
    // Given
    String data = folder.toString();

    // When
    int code = run("fault", "F5 start", "--data", data);

    // Then
    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("no simulated detector has run on " + data);
  }

  @Test
  void shouldHandAFaultToTheDetectorAndPrintItsAnswer() throws Exception {
    // Given
    Path orders = Files.createDirectories(folder.resolve("soft-ioc").resolve("faults"));
    Thread detector = Thread.ofVirtual().start(() -> answerTwo(orders));

    // When
    int done = run("fault", "F5", "start", "--data", folder.toString());
    int refused = run("fault", "F99 start", "--data", folder.toString());

    // Then
    assertThat(detector.join(java.time.Duration.ofSeconds(20))).isTrue();
    assertThat(done).isZero();
    assertThat(out.toString()).contains("heard F5 start");
    assertThat(refused).isEqualTo(1);
    assertThat(err.toString()).contains("refused: heard F99 start");
    assertThat(orders).isEmptyDirectory();
  }

  /** Answers as the soft IOC does. */
  private static void answerTwo(Path orders) {
    try {
      for (int answered = 0; answered < 2; ) {
        try (Stream<Path> files = Files.list(orders)) {
          for (Path order : files.filter(f -> f.toString().endsWith(".order")).toList()) {
            String line = Files.readString(order).strip();
            Files.delete(order);
            String name = order.getFileName().toString().replace(".order", "");
            Path half =
                Files.writeString(
                    orders.resolve(name + ".half"),
                    (line.startsWith("F5") ? "DONE" : "REFUSED") + "\nheard " + line + "\n");
            Files.move(half, orders.resolve(name + ".answer"));
            answered++;
          }
        }
        Thread.sleep(20);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldWorkOnADataDirectoryThatNobodyUses() throws Exception {
    // Given
    try (Store store = Store.start(StoreConfig.Embedded.in(folder.resolve("postgres")))) {
      store.ready().get(60, TimeUnit.SECONDS);
    }
    Path csv = folder.resolve("csv");

    // When
    int verified = run("audit", "verify", "--data", folder.toString());
    int exported = run("export", "--data", folder.toString(), "--out", csv.toString());

    // Then
    assertThat(err.toString()).isEmpty();
    assertThat(verified).isZero();
    assertThat(out.toString()).contains("{\"intact\":true,\"entries\":0}");
    assertThat(exported).isZero();
    assertThat(csv.resolve("supervision.audit.csv")).isRegularFile();
  }

  @Test
  void shouldFailAnExportOfTheAuditChainWhoseEndDidNotArrive() throws Exception {
    // Given
    try (Store store = Store.start(StoreConfig.Embedded.in(folder.resolve("postgres")))) {
      store.ready().get(60, TimeUnit.SECONDS);
      store
          .room("supervision")
          .runInTransaction(
              connection -> {
                try (Statement insert = connection.createStatement()) {
                  insert.execute(
                      "INSERT INTO audit SELECT n, n, 'anna', 'approved', 'p-1', '{}',"
                          + " decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex')"
                          + " FROM generate_series(1, 3) n");
                }
              });
    }
    String[] words = {"audit", "export", "--data", folder.toString()};

    // When
    int whole = run(words);
    int cut = run(Main.commandLine(new PrintStream(new FullDisk(300))), words);

    // Then
    assertThat(whole).isZero();
    assertThat(out.toString().lines()).hasSize(3);
    assertThat(cut).isEqualTo(1);
    assertThat(err.toString()).contains("the export is not complete");
  }

  /** Takes some bytes, and then no more. */
  private static final class FullDisk extends OutputStream {
    private int room;

    FullDisk(int room) {
      this.room = room;
    }

    @Override
    public void write(int b) throws IOException {
      if (room-- <= 0) {
        throw new IOException("No space left on device");
      }
    }
  }

  @Test
  void shouldRefuseADataDirectoryThatIsMissingEmptyOrInUse() throws Exception {
    // Given
    Path used = Files.createDirectories(folder.resolve("used"));
    Files.createDirectories(used.resolve("postgres"));
    Path empty = Files.createDirectories(folder.resolve("empty"));
    try (FileChannel channel =
            FileChannel.open(
                used.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assertThat(lock.isValid()).isTrue();

      // When
      int inUse = run("audit", "verify", "--data", used.toString());
      int missing = run("audit", "verify", "--data", folder.resolve("missing").toString());
      int unused = run("export", "--data", empty.toString(), "--out", folder.toString());

      // Then
      assertThat(new int[] {inUse, missing, unused}).containsExactly(1, 1, 1);
      assertThat(err.toString())
          .contains("another Orrery runs on")
          .contains("there is no data directory")
          .contains("holds no database");
      assertThat(folder.resolve("missing")).doesNotExist();
    }
  }

  private int run(String... words) {
    return run(Main.commandLine(System.out).setOut(new PrintWriter(out, true)), words);
  }

  private int run(CommandLine line, String... words) {
    line.setErr(new PrintWriter(err, true));
    return line.execute(words);
  }

  @Test
  void shouldRefuseAGroupThatHoldsNoChannel() throws IOException {
    // Given
    Path site =
        Files.writeString(
            folder.resolve("site.yaml"),
            "archive: {retention: {waves: {channels: [no.such.*], raw-days: 1}}}");

    // When
    int code = run("check", "--site", site.toString());

    // Then
    assertThat(code).isEqualTo(2);
    assertThat(out + err.toString()).contains("group 'waves'", "holds no channel");
  }

  @Test
  void shouldSayWhereNoOrreryAnswers() {
    // When
    int code =
        run(
            "archive export --url http://127.0.0.1:1 --channels a --from 1 --to 2 --out target/x"
                .concat(" --format parquet")
                .split(" "));

    // Then
    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("no Orrery answers to the end at http://127.0.0.1:1");
  }
}
