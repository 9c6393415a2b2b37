package org.orrery.app.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.orrery.app.archive.ArchiveHouse.SECOND_NS;
import static org.orrery.app.archive.ArchiveHouse.T0;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.app.archive.ArchiveExport.Format;
import org.orrery.app.archive.ArchiveExport.Span;
import org.orrery.app.command.ArchiveCommand;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.history.Backfill;
import org.orrery.contract.history.Gap;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.history.HistoryQuery.Resolution;
import org.orrery.contract.history.PageQuery;
import org.orrery.contract.history.PageQuery.Place;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;
import picocli.CommandLine;

/** The archive as others see it, over HTTP: viewers, exports, imports. */
class ArchiveAccessTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FROM = "2026-11-23T10:00:00.000Z";
  private static final String TO = "2026-11-23T10:10:00.000Z";

  @TempDir private static Path folder;

  private static ArchiveHouse house;

  @BeforeAll
  static void start() throws Exception {
    house = new ArchiveHouse(folder);
    List<Sample> samples = new ArrayList<>();
    samples.add(sample("cryo.temperature", -5, 1, Value.of(86.5), Severity.NONE, ""));
    for (int i = 0; i < 3; i++) {
      for (int k = 0; k < 4; k++) {
        samples.add(
            sample(
                "cryo.temperature",
                60 * i + 15 * k,
                10 + 4 * i + k,
                Value.of(87 + i + 0.25 * k),
                i == 2 ? Severity.MAJOR : Severity.NONE,
                i == 2 ? "HIHI" : ""));
      }
    }
    samples.add(sample("cryo.count", 1, 1, new Value.LongValue(1L << 60), Severity.NONE, ""));
    samples.add(sample("cryo.pump", 1, 1, new Value.ChoiceValue(1, "ON"), Severity.MINOR, "STATE"));
    samples.add(sample("cryo.note", 1, 1, Value.of("said \"no\", twice"), Severity.NONE, ""));
    samples.add(
        sample("fe.waveform", 1, 1, DoubleArrayValue.of(1, 2.5, Double.NaN), Severity.NONE, ""));
    DoubleArrayValue edges = DoubleArrayValue.of(0, 1, 2);
    samples.add(
        sample(
            "fe.spectrum",
            1,
            1,
            new HistogramValue(edges, DoubleArrayValue.of(3, 4)),
            Severity.NONE,
            ""));
    house.archive.store("test", samples);
    house.archive.backfill(
        new Backfill(
            List.of(),
            List.of(
                new Backfill.ChannelGap(
                    new ChannelId("cryo.temperature"),
                    new Gap(
                        T0 + 50 * SECOND_NS,
                        OptionalLong.of(T0 + 59 * SECOND_NS),
                        "disconnected: the connection was lost")))));
  }

  private static Sample sample(
      String channel, long second, long sequence, Value value, Severity severity, String status) {
    long time = T0 + second * SECOND_NS + 123;
    return new Sample(
        new ChannelId(channel),
        value,
        severity,
        status,
        time,
        time + 1_000_000,
        Quality.GOOD,
        sequence == 12 ? 7 : 0,
        sequence);
  }

  @AfterAll
  static void stop() throws Exception {
    house.close();
  }

  private static HttpResponse<String> get(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(house.url() + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static JsonNode data(String... pvs) throws Exception {
    StringBuilder path =
        new StringBuilder("/retrieval/data/getData.json?from=" + FROM + "&to=" + TO);
    for (String pv : pvs) {
      path.append("&pv=").append(URLEncoder.encode(pv, StandardCharsets.UTF_8));
    }
    HttpResponse<String> response = get(path.toString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body());
  }

  /** The golden file was written by hand from the documentation and source of the appliance. */
  @Test
  void shouldAnswerFieldByFieldAsTheArchiverApplianceDocumentsIt() throws Exception {
    // When
    JsonNode answer =
        data("LAR:CRYO:T1", "LAR:CRYO:N", "LAR:PUMP:STATE", "LAR:NOTE", "LAR:FE:WF.VAL");

    // Then
    try (var golden =
        Objects.requireNonNull(getClass().getResourceAsStream("getData.golden.json"))) {
      assertThat(answer.toPrettyString()).isEqualTo(JSON.readTree(golden).toPrettyString());
    }
  }

  @Test
  void shouldAnswerToAChannelIdAsToAPv() throws Exception {
    JsonNode answer = data("cryo.temperature");
    assertThat(answer.path(0).path("data")).isEqualTo(data("LAR:CRYO:T1").path(0).path("data"));
    assertThat(get("/retrieval/data/getData.json?pv=NO:SUCH:PV").statusCode()).isEqualTo(404);
    assertThat(get("/retrieval/data/getData.json?pv=wobble_3(LAR:CRYO:T1)").body())
        .contains("known here", "mean");
    assertThat(get("/retrieval/data/getData.json?pv=LAR:NOTE&from=yesterday").statusCode())
        .isEqualTo(400);
  }

  private static List<Double> values(String pv) throws Exception {
    List<Double> values = new ArrayList<>();
    data(pv).path(0).path("data").forEach(event -> values.add(event.path("val").asDouble()));
    return values;
  }

  @Test
  void shouldBinAsTheArchiverApplianceDoes() throws Exception {
    // The sample before the span stands in an interval before the first; intervals without
    // samples repeat the one before. Both ends belong to the span.
    int empty = 8;
    assertThat(values("mean_60(LAR:CRYO:T1)"))
        .startsWith(86.5, 87.375, 88.375, 89.375, 89.375)
        .hasSize(1 + 3 + empty);
    assertThat(values("min_60(LAR:CRYO:T1)")).startsWith(86.5, 87.0, 88.0, 89.0);
    assertThat(values("max_60(LAR:CRYO:T1)")).startsWith(86.5, 87.75, 88.75, 89.75);
    assertThat(values("count_60(LAR:CRYO:T1)")).startsWith(1.0, 4.0, 4.0, 4.0, 0.0, 0.0);
    assertThat(values("std_60(LAR:CRYO:T1)").get(1)).isCloseTo(0.3227486, within(1e-6));
    assertThat(values("firstSample_60(LAR:CRYO:T1)")).containsExactly(86.5, 87.0, 88.0, 89.0);
    assertThat(values("lastSample_60(LAR:CRYO:T1)")).containsExactly(86.5, 87.75, 88.75, 89.75);
    assertThat(values("firstFill_60(LAR:CRYO:T1)")).startsWith(86.5, 87.0, 88.0, 89.0, 89.0);
    assertThat(values("nth_4(LAR:CRYO:T1)")).containsExactly(86.5, 87.75, 88.75, 89.75);
    assertThat(values("ncount(LAR:CRYO:T1)")).containsExactly(13.0);
    assertThat(values("optimized_1000(LAR:CRYO:T1)")).hasSize(13);
    JsonNode middle = data("mean_60(LAR:CRYO:T1)").path(0).path("data").path(1);
    assertThat(middle.path("secs").asLong()).isEqualTo(T0 / SECOND_NS + 30);
    assertThat(middle.path("nanos").asLong()).isZero();
    // Intervals that are no whole minutes come from the samples
    assertThat(values("mean_30(LAR:CRYO:T1)")).startsWith(86.5, 87.125, 87.625, 88.125);

    // Mean, deviation, least, greatest and number in one
    JsonNode vector = data("optimized_5(LAR:CRYO:T1)").path(0).path("data").path(0).path("val");
    assertThat(vector.size()).isEqualTo(5);
    assertThat(vector.path(4).asInt()).isEqualTo(8);
    assertThat(vector.path(2).asDouble()).isEqualTo(87);
    assertThat(vector.path(3).asDouble()).isEqualTo(88.75);
  }

  @Test
  void shouldSayWhatHeldAtATimeAndWhichPvsThereAre() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String body =
          client
              .send(
                  HttpRequest.newBuilder(
                          URI.create(
                              house.url()
                                  + "/retrieval/data/getDataAtTime?at=2026-11-23T11:01:10.000%2B01:00"))
                      .POST(
                          HttpRequest.BodyPublishers.ofString(
                              "[\"LAR:CRYO:T1\",\"LAR:PUMP:STATE\",\"NO:SUCH\"]"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      JsonNode answer = JSON.readTree(body);
      assertThat(answer.size()).isEqualTo(2);
      assertThat(answer.path("LAR:CRYO:T1").path("val").asDouble()).isEqualTo(88.0);
      assertThat(answer.path("LAR:CRYO:T1").path("secs").asLong()).isEqualTo(T0 / SECOND_NS + 60);
      assertThat(answer.path("LAR:PUMP:STATE").path("val").asInt()).isEqualTo(1);
    }
    assertThat(get("/retrieval/bpl/getMatchingPVs?pv=LAR:CRYO:*").body())
        .isEqualTo("[\"LAR:CRYO:N\",\"LAR:CRYO:T1\"]");
    assertThat(get("/retrieval/bpl/getMatchingPVs?regex=.*(STATE%7CNOTE)&limit=1").body())
        .isEqualTo("[\"LAR:NOTE\"]");
    assertThat(get("/retrieval/bpl/getMatchingPVs?regex=(.*)*(.*)*(.*)*(.*)*x").statusCode())
        .isIn(200, 400);
    assertThat(get("/retrieval/bpl/getVersion").body()).contains("Orrery test");
  }

  @Test
  void shouldExportTheSameAsCsvAndAsParquetThatAnotherReaderReads(@TempDir Path out)
      throws Exception {
    // When
    Span span = new Span("cryo.*, fe.*", FROM, TO);
    long lines = ArchiveExport.write(house.url(), span, Format.CSV, out.resolve("a.csv"));
    long rows = ArchiveExport.write(house.url(), span, Format.PARQUET, out.resolve("a.parquet"));

    // Then
    assertThat(lines).isEqualTo(rows).isEqualTo(1 + 12 + 5);
    String csv = Files.readString(out.resolve("a.csv"));
    assertThat(csv)
        .contains(
            "cryo.temperature,pva://LAR:CRYO:T1,gap,2026-11-23T10:00:50Z,",
            "disconnected: the connection was lost",
            "\"said \"\"no\"\", twice\"",
            "1152921504606846976",
            ",HIHI,GOOD,",
            "0.0 1.0 2.0 | 3.0 4.0");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                select count(*), count(*) filter (where "row" = 'gap'), avg(number),
                  max(integer), max(lost_before), min(time_ns), min(epoch("time"))::bigint,
                  count(*) filter (where severity = 'MAJOR' and status = 'HIHI'),
                  max(text) filter (where kind = 'TEXT'),
                  max(label), max(text) filter (where kind = 'DOUBLE_ARRAY')
                from '%s' where channel <> 'x'
                """
                    .formatted(out.resolve("a.parquet")))) {
      row.next();
      assertThat(row.getLong(1)).isEqualTo(rows);
      assertThat(row.getLong(2)).isEqualTo(1);
      assertThat(row.getLong(4)).isEqualTo(1L << 60);
      assertThat(row.getLong(5)).isEqualTo(7);
      assertThat(row.getLong(6)).isEqualTo(T0 + 123);
      assertThat(row.getLong(7)).isEqualTo(T0 / SECOND_NS);
      assertThat(row.getLong(8)).isEqualTo(4);
      assertThat(row.getString(9)).isEqualTo("said \"no\", twice");
      assertThat(row.getString(10)).isEqualTo("ON");
      assertThat(row.getString(11)).isEqualTo("1.0 2.5 NaN");
    }
    assertThatThrownBy(
            () ->
                ArchiveExport.write(
                    house.url(), new Span("no.such", FROM, TO), Format.CSV, out.resolve("b.csv")))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("no channel fits");
    assertThat(out.resolve("b.csv")).doesNotExist();
    assertThat(out.resolve("b.csv.part")).doesNotExist();
  }

  @Test
  void shouldExportByTheCommandLine(@TempDir Path out) throws Exception {
    // Given
    StringWriter said = new StringWriter();
    CommandLine line = new CommandLine(new ArchiveCommand()).setOut(new PrintWriter(said, true));

    // When
    int code =
        line.execute(
            "export",
            "--url",
            house.url(),
            "--channels",
            "cryo.pump",
            "--from",
            FROM,
            "--to",
            TO,
            "--out",
            out.resolve("c.csv").toString());

    // Then
    assertThat(code).isZero();
    assertThat(said.toString()).startsWith("1 rows in ");
    assertThat(Files.readAllLines(out.resolve("c.csv")))
        .hasSize(2)
        .last()
        .asString()
        .contains("cryo.pump,LAR:PUMP:STATE,sample,", ",CHOICE,1,ON,MINOR,STATE,GOOD,");
  }

  @Test
  void shouldTakeInALongCsvTwiceAndStoreItOnce() throws Exception {
    // Given 12,000 samples of a day in May, three to an instant
    List<String> columns = List.of("pv", "time", "value", "severity");
    Instant start = Instant.parse("2026-05-01T00:00:00Z");
    for (int run = 0; run < 2; run++) {
      ArchiveImport.Done done;
      try (ArchiveImport sink = ArchiveImport.open(house.url(), "admin", house.password, columns)) {
        for (int i = 0; i < 12_000; i++) {
          sink.add(
              List.of(
                  "LAR:CRYO:T1",
                  start.plusSeconds(i / 3).toString(),
                  Double.toString(i),
                  i % 2 == 0 ? "NONE" : "minor"));
        }
        done = sink.flush();
      }
      assertThat(done.added()).isEqualTo(run == 0 ? 12_000 : 0);
      assertThat(done.present()).isEqualTo(run == 0 ? 0 : 12_000);
    }

    // Then
    long from = start.getEpochSecond() * SECOND_NS;
    var hours =
        house.archive.read(
            new HistoryQuery(
                new ChannelId("cryo.temperature"),
                from,
                from + 7_200 * SECOND_NS,
                new Resolution.Interval(3_600 * SECOND_NS)));
    assertThat(hours.points()).extracting(p -> p.count()).containsExactly(10_800L, 1_200L);
    assertThatThrownBy(
            () -> {
              try (ArchiveImport sink =
                  ArchiveImport.open(house.url(), "admin", house.password, columns)) {
                sink.add(List.of("LAR:CRYO:T1", "2026-05-02T00:00:00Z", "warm", ""));
                var unused = sink.flush();
              }
            })
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("'warm' is no value of cryo.temperature");
    assertThatThrownBy(() -> ArchiveImport.open(house.url(), "admin", "wrong", columns))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("401");
  }

  @Test
  void shouldTakeInAllSamplesOfAnInstantWhereChannelsAlternateAndRequestsEnd() throws Exception {
    // Given lines of two channels in turn, two samples to an instant, whose lines stand in
    // different requests for one instant at least
    List<String> columns = List.of("channel", "time", "value");
    Instant start = Instant.parse("2026-04-01T00:00:00Z");
    List<List<String>> lines = new ArrayList<>();
    for (int i = 1; i <= 5_999; i++) {
      lines.add(
          List.of("cryo.temperature", start.plusSeconds(i / 2).toString(), Integer.toString(i)));
      lines.add(List.of("copy.temperature", start.plusSeconds(i).toString(), "0"));
    }

    // When
    List<ArchiveImport.Done> done = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      try (ArchiveImport sink = ArchiveImport.open(house.url(), "admin", house.password, columns)) {
        for (List<String> line : lines) {
          sink.add(line);
        }
        done.add(sink.flush());
      }
    }

    // Then
    assertThat(done)
        .containsExactly(
            new ArchiveImport.Done(lines.size(), 0, 0), new ArchiveImport.Done(0, lines.size(), 0));
  }

  /** Our own retrieval stands for an appliance: it answers in the same format. */
  @Test
  void shouldTakeInWhatAnApplianceAnswersWithItsGaps() throws Exception {
    // Given what it answers, as lines of a channel of another name
    List<List<String>> lines = new ArrayList<>();
    long read;
    try (ApplianceReader reader = new ApplianceReader(house.url() + "/retrieval/")) {
      read =
          reader.read(
              "copy.temperature",
              "LAR:CRYO:T1",
              Instant.parse(FROM),
              Instant.parse(TO),
              lines::add);
      assertThat(
              reader.read(
                  "copy.temperature",
                  "NO:SUCH",
                  Instant.parse(FROM),
                  Instant.parse(TO),
                  lines::add))
          .isZero();
    }

    // Then the sample before the span is left out, the gap is a line of its own
    assertThat(read).isEqualTo(12);
    assertThat(lines).hasSize(13);
    List<String> gap = lines.stream().filter(l -> l.get(1).equals("gap")).findFirst().orElseThrow();
    assertThat(gap.subList(2, 4))
        .containsExactly(Long.toString(T0 + 50 * SECOND_NS), Long.toString(T0 + 59 * SECOND_NS));

    // When
    try (ArchiveImport sink =
        ArchiveImport.open(house.url(), "admin", house.password, ApplianceReader.COLUMNS)) {
      for (List<String> line : lines) {
        sink.add(line);
      }
      assertThat(sink.flush()).isEqualTo(new ArchiveImport.Done(12, 0, 1));
    }

    // Then
    var page =
        house.archive.page(
            new PageQuery(
                new ChannelId("copy.temperature"), Place.before(T0), T0 + 600 * SECOND_NS, 100));
    assertThat(page.gaps()).extracting(Gap::reason).singleElement().asString().contains("archive");
    assertThat(page.samples()).hasSize(12);
    assertThat(page.samples().getLast().sample().severity()).isEqualTo(Severity.MAJOR);
    assertThat(page.samples().getLast().sample().status()).isEqualTo("HIHI");
  }
}
