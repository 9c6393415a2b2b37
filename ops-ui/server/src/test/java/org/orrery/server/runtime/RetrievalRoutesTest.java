package org.orrery.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.clock.TimeSortedIds;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.history.ArchivedSample;
import org.orrery.contract.history.History;
import org.orrery.contract.history.HistoryQuery;
import org.orrery.contract.history.HistoryQuery.Resolution;
import org.orrery.contract.history.Page;
import org.orrery.contract.history.PageQuery;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.server.ServerConfig;

/** How much a request of the retrieval may ask for, and how it is sent. */
class RetrievalRoutesTest {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long T0_SECONDS = 1_795_392_000L;
  private static final int SECONDS = 90_000;

  @TempDir Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private ServerVerticle server;

  @BeforeEach
  void start() throws Exception {
    SystemWallClock wall = new SystemWallClock();
    LocalBus bus = new LocalBus(vertx);
    Facility facility = ImportTextTest.facility("a.flow", "b.flow");
    RoomContext room =
        new RoomContext(
            bus,
            new LocalSampleFeed(vertx, facility),
            facility,
            new ScaledPlantClock(wall, wall.nowNs(), wall.nowNs(), 1),
            wall,
            new TimeSortedIds(wall, new Random(1)),
            1,
            folder,
            "test");
    server =
        new ServerVerticle(
            room,
            new ServerConfig("127.0.0.1", 0, true, 50, Set.of()),
            new NoAccounts(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    String unusedId =
        vertx
            .deployVerticle(server)
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
    bus.serve(Endpoints.ARCHIVE_HISTORY, query -> Future.succeededFuture(history(query)));
    bus.serve(Endpoints.ARCHIVE_PAGE, query -> Future.succeededFuture(page(query)));
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pv=mean_60(a.flow)&from=1700-01-01T00:00:00Z&to=2200-01-01T00:00:00Z",
        "pv=lastFill_60(a.flow)&from=1700-01-01T00:00:00Z&to=2200-01-01T00:00:00Z",
        "pv=a.flow&from=1700-01-01T00:00:00Z&to=2200-01-01T00:00:00Z",
        "pv=mean_60(a.flow)&from=2026-11-23T00:00:00Z&to=99999999999999"
      })
  void shouldRefuseASpanThatNanosecondsCannotCount(String query) throws Exception {
    // When
    HttpResponse<String> answer =
        new Browser(server.port()).get("/retrieval/data/getData.json?" + query);

    // Then
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("292 years", "ask for a shorter span");
    assertThat(asked).isEmpty();
  }

  @Test
  void shouldBoundTheIntervalsOfAllPvsOfARequestTogether() throws Exception {
    // Given
    String day = "from=2026-11-23T00:00:00Z&to=2026-11-24T00:00:00Z";
    String pvs = "&pv=max_1(a.flow)".repeat(6) + "&pv=optimized_100000(b.flow)".repeat(5);

    // When
    HttpResponse<String> answer =
        new Browser(server.port()).get("/retrieval/data/getData.json?" + day + pvs);

    // Then
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("all PVs together", "or fewer PVs");
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"errorbar_1", "lastFill_1", "optimized_90000"})
  void shouldMakeALongAnswerAsFastAsItsReaderTakesIt(String operator) throws Exception {
    // Given a reader whose connection holds a small part of the answer
    try (Socket reader = new Socket()) {
      reader.setReceiveBufferSize(256 * 1024);
      reader.setSoTimeout(60_000);
      reader.connect(new InetSocketAddress("127.0.0.1", server.port()));
      String request =
          "GET /retrieval/data/getData.json?from=%d&to=%d&pv=%s(a.flow)&pv=%s(b.flow) HTTP/1.0\r\n\r\n"
              .formatted(
                  T0_SECONDS * 1_000, (T0_SECONDS + SECONDS) * 1_000 - 1, operator, operator);
      reader.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

      // When its beginning has come, and no more of it was read
      InputStream answer = reader.getInputStream();
      byte[] beginning = answer.readNBytes(10_000);
      List<String> askedMeanwhile = List.copyOf(asked);

      // Then the second PV waits until the first one is on its way
      assertThat(askedMeanwhile).isNotEmpty().doesNotContain("b.flow");

      // When
      String text =
          new String(beginning, StandardCharsets.US_ASCII)
              + new String(answer.readAllBytes(), StandardCharsets.US_ASCII);

      // Then
      JsonNode pvs = new ObjectMapper().readTree(text.substring(text.indexOf("\r\n\r\n")));
      assertThat(pvs).hasSize(2);
      for (JsonNode pv : pvs) {
        assertThat(pv.path("data")).hasSizeBetween(SECONDS, SECONDS + 1);
        assertThat(pv.path("data").path(SECONDS - 1).path("severity").isInt()).isTrue();
      }
      assertThat(asked).contains("b.flow");
    }
  }

  private History history(HistoryQuery query) {
    asked.add(query.channel().value());
    if (query.fromNs() < 0) {
      return History.empty(query.channel());
    }
    return new History(
        query.channel(),
        LongStream.range(T0_SECONDS, T0_SECONDS + SECONDS + 1)
            .mapToObj(second -> point(second * SECOND_NS))
            .limit(query.resolution() instanceof Resolution.Raw ? Long.MAX_VALUE : SECONDS)
            .toList(),
        true,
        false,
        Optional.of(point((T0_SECONDS - 1) * SECOND_NS)),
        List.of());
  }

  private static History.Point point(long timeNs) {
    return new History.Point(
        timeNs,
        87.12345678901234,
        87.12345678901234,
        87.12345678901234,
        87.12345678901234,
        0.12345678901234,
        60,
        0,
        Severity.NONE,
        Optional.empty(),
        Set.of());
  }

  /** One sample before the span, and none within; none at all before 1970. */
  private Page page(PageQuery query) {
    asked.add(query.channel().value());
    long timeNs = (T0_SECONDS - 1) * SECOND_NS;
    return new Page(
        Optional.of(new ArchivedSample(sample(query.channel(), timeNs), Set.of()))
            .filter(before -> query.after().timeNs() >= 0),
        List.of(),
        List.of(),
        false);
  }

  private static Sample sample(ChannelId channel, long timeNs) {
    return new Sample(
        channel, Value.of("x".repeat(100)), Severity.NONE, "", timeNs, timeNs, Quality.GOOD, 0, 1);
  }

  /** Nobody signs in here. */
  private static final class NoAccounts implements AccountStore {
    @Override
    public Optional<Account> find(String name) {
      return Optional.empty();
    }

    @Override
    public List<Account> all() {
      return List.of();
    }

    @Override
    public void put(Account account) {}
  }
}
