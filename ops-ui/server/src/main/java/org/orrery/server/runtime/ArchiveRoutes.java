package org.orrery.server.runtime;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.bus.csv.ArchiveRow;
import org.orrery.bus.csv.Csv;
import org.orrery.contract.Person;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelPattern;
import org.orrery.contract.history.Page;

/** Samples out of and into the archive, as CSV. Owned by the server's event loop. */
final class ArchiveRoutes {
  private static final long MOST_IMPORT_BYTES = 8L << 20;
  private static final String IMPORT = "/api/v1/archive/import";

  private final Vertx vertx;
  private final RoomContext context;
  private final Bus bus;
  private final Guard guard;
  private final ArchivePages pages;

  ArchiveRoutes(Vertx vertx, RoomContext context, Guard guard) {
    this.vertx = vertx;
    this.context = context;
    this.bus = context.bus();
    this.guard = guard;
    this.pages = new ArchivePages(bus);
  }

  /** Before any other route under {@code /api}: an import is larger than other requests. */
  void mount(Router router) {
    router.post(IMPORT).handler(BodyHandler.create(false).setBodyLimit(MOST_IMPORT_BYTES));
    router.post(IMPORT).handler(guard.acting(Set.of(Person.Role.ADMIN), (c, person) -> takeIn(c)));
    router.get("/api/v1/archive/export").handler(guard.reading(this::export));
  }

  private void export(RoutingContext c) {
    ChannelPattern wanted = pattern(Parameters.param(c, "channels"));
    long from = instantNs(Parameters.param(c, "from"));
    long to = instantNs(Parameters.param(c, "to"));
    if (to <= from) {
      throw new Json.BadRequestException("'to' must be after 'from'");
    }
    List<Channel> channels =
        context.facility().channels().values().stream()
            .filter(channel -> wanted.matches(channel.id()))
            .toList();
    if (channels.isEmpty()) {
      throw new Json.BadRequestException(
          "no channel fits '" + Parameters.param(c, "channels") + "'; see /api/v1/facility");
    }
    SlowBody body = new SlowBody(c, "text/csv; charset=utf-8");
    body.add(Csv.line(ArchiveRow.COLUMNS));
    export(channels.iterator(), from, to, body);
  }

  private void export(Iterator<Channel> channels, long fromNs, long toNs, SlowBody body) {
    if (!channels.hasNext()) {
      body.end();
      return;
    }
    Channel channel = channels.next();
    pages
        .walk(
            channel.id(),
            fromNs,
            toNs,
            (page, first) -> {
              write(channel, page, body);
              return body.flush();
            })
        .onFailure(body::fail)
        .onSuccess(v -> export(channels, fromNs, toNs, body));
  }

  /** Silences first: the reader knows of them before the samples that surround them. */
  private static void write(Channel channel, Page page, SlowBody body) {
    page.gaps().forEach(gap -> body.add(ArchiveRow.of(channel, gap).line()));
    page.samples().forEach(sample -> body.add(ArchiveRow.of(channel, sample).line()));
  }

  private void takeIn(RoutingContext c) {
    String text = c.body().asString();
    if (text == null) {
      throw new Json.BadRequestException("the request has no body; send CSV with a header line");
    }
    long nowNs = context.plantClock().nowNs();
    vertx
        .executeBlocking(() -> ImportText.parse(context.facility(), text, nowNs), false)
        .onFailure(
            failure -> {
              if (failure instanceof Json.BadRequestException) {
                Failure.send(
                    c,
                    400,
                    "Not understood",
                    String.valueOf(failure.getMessage()),
                    "Correct the lines; nothing was taken in.");
              } else {
                c.fail(failure);
              }
            })
        .onSuccess(
            backfill ->
                Answers.relay(
                    c,
                    bus.request(Endpoints.ARCHIVE_BACKFILL, backfill),
                    done ->
                        Json.object()
                            .put("added", done.added())
                            .put("present", done.present())
                            .put("gaps", done.gaps())));
  }

  private static ChannelPattern pattern(String text) {
    try {
      return new ChannelPattern(text);
    } catch (IllegalArgumentException e) {
      throw new Json.BadRequestException(String.valueOf(e.getMessage()));
    }
  }

  /** Plant ns of an ISO 8601 time with its offset, or of milliseconds since the epoch. */
  static long instantNs(String text) {
    try {
      if (text.matches("-?[0-9]+(\\.[0-9]+)?")) {
        return Math.round(Double.parseDouble(text) * 1_000_000);
      }
      // A plus sign that was not encoded arrives as a space.
      Instant instant = OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    } catch (DateTimeException | ArithmeticException e) {
      throw new Json.BadRequestException(
          "'" + text + "' is no time; write 2026-11-28T12:00:00.000Z, or milliseconds");
    }
  }
}
