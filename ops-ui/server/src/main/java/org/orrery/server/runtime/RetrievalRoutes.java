package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.DateTimeException;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.history.ArchivedSample;
import org.orrery.contract.history.PageQuery;
import org.orrery.contract.history.PageQuery.Place;

/**
 * The retrieval requests of the EPICS Archiver Appliance, so that viewers which know it plot from
 * here. A PV may be named by its address or by its channel's id. Owned by the server's event loop.
 */
final class RetrievalRoutes {
  private static final long HOUR_NS = 3_600_000_000_000L;
  private static final long DAY_NS = 24 * HOUR_NS;
  private static final long MOST_BODY_BYTES = 4L << 20;
  private static final int STANDARD_LIMIT = 500;

  private final Vertx vertx;
  private final RoomContext context;
  private final Guard guard;
  private final Map<String, Channel> byPv = new HashMap<>();

  RetrievalRoutes(Vertx vertx, RoomContext context, Guard guard) {
    this.vertx = vertx;
    this.context = context;
    this.guard = guard;
    for (Channel channel : context.facility().channels().values()) {
      byPv.put(ImportText.bare(channel.pv()), channel);
    }
  }

  void mount(Router router) {
    router
        .post("/retrieval/data/getDataAtTime")
        .handler(BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES));
    router.post("/retrieval/data/getDataAtTime").handler(guard.reading(this::atTime));
    router.get("/retrieval/data/getData.json").handler(guard.reading(this::data));
    router.get("/retrieval/bpl/getMatchingPVs").handler(guard.reading(this::matching));
    router
        .get("/retrieval/bpl/getVersion")
        .handler(
            guard.reading(
                c -> Answers.answer(c, Json.object().put("version", "Orrery " + version()))));
  }

  private String version() {
    return context.version();
  }

  /** What is asked of one channel. */
  private record Wanted(RetrievalOperator operator, String name, Channel channel) {}

  private void data(RoutingContext c) {
    long to =
        Optional.ofNullable(c.request().getParam("to"))
            .map(ArchiveRoutes::instantNs)
            .orElseGet(() -> context.plantClock().nowNs());
    long from =
        Optional.ofNullable(c.request().getParam("from"))
            .map(ArchiveRoutes::instantNs)
            .orElse(to - HOUR_NS);
    if (to <= from) {
      throw new Json.BadRequestException("'to' must be after 'from'");
    }
    List<String> names = c.queryParam("pv");
    if (names.isEmpty()) {
      throw new Json.BadRequestException("the parameter 'pv' is missing");
    }
    long spanNs = spanNs(from, to);
    long intervals = 0;
    List<Wanted> wanted = new ArrayList<>();
    for (String name : names) {
      RetrievalOperator.Asked asked = RetrievalOperator.parse(name);
      intervals += RetrievalOperator.intervals(asked.operator(), spanNs);
      Optional<Channel> channel = channel(asked.pv());
      if (channel.isEmpty()) {
        unknown(c, asked.pv());
        return;
      }
      wanted.add(new Wanted(asked.operator(), asked.pv(), channel.get()));
    }
    if (intervals > RetrievalOperator.MOST_INTERVALS_TOGETHER) {
      throw new Json.BadRequestException(
          "all PVs together were asked for %,d intervals, at most %,d may be; ask for longer ones,"
                  .formatted(intervals, RetrievalOperator.MOST_INTERVALS_TOGETHER)
              + " a shorter span, or fewer PVs");
    }
    SlowBody body = new SlowBody(c, "application/json");
    body.add("[ \n");
    write(wanted.iterator(), from, to, true, body);
  }

  private static long spanNs(long from, long to) {
    try {
      return Math.subtractExact(Math.addExact(to, 1), from);
    } catch (ArithmeticException e) {
      throw new Json.BadRequestException(
          "'from' and 'to' must be less than 292 years apart, and before 2262; ask for a shorter"
              + " span");
    }
  }

  /** Both ends belong to the span, as the Archiver Appliance has it. */
  private void write(Iterator<Wanted> all, long fromNs, long toNs, boolean first, SlowBody body) {
    if (!all.hasNext()) {
      body.add("\n ]\n").end();
      return;
    }
    Wanted wanted = all.next();
    if (!first) {
      body.add(",\n");
    }
    new RetrievalStream(context.bus(), body, wanted.channel(), wanted.name(), fromNs, toNs + 1)
        .write(wanted.operator())
        .onFailure(body::fail)
        .onSuccess(
            open -> {
              if (open) {
                write(all, fromNs, toNs, false, body);
              }
            });
  }

  private void atTime(RoutingContext c) {
    String given = c.request().getParam("at");
    long at = given == null ? context.plantClock().nowNs() : ArchiveRoutes.instantNs(given);
    long oldest = at - periodNs(c.request().getParam("searchPeriod"), at);
    List<String> names = Json.readTexts(c.body().asString());
    ObjectNode answer = Json.object();
    collect(names.iterator(), at, oldest, answer)
        .onFailure(failure -> Answers.unavailable(c, failure))
        .onSuccess(v -> Answers.answer(c, answer));
  }

  private Future<Void> collect(Iterator<String> names, long at, long oldest, ObjectNode answer) {
    Promise<Void> done = Promise.promise();
    collect(names, at, oldest, answer, done);
    return done.future();
  }

  /** One after the other: a page of save and restore asks for thousands. */
  private void collect(
      Iterator<String> names, long at, long oldest, ObjectNode answer, Promise<Void> done) {
    if (!names.hasNext()) {
      done.complete();
      return;
    }
    String name = names.next();
    Optional<Channel> channel = channel(name);
    if (channel.isEmpty()) {
      vertx.runOnContext(v -> collect(names, at, oldest, answer, done));
      return;
    }
    context
        .bus()
        .request(
            Endpoints.ARCHIVE_PAGE,
            new PageQuery(channel.get().id(), Place.before(at), at + 1, 1_000))
        .onFailure(done::tryFail)
        .onSuccess(
            page -> {
              Optional<ArchivedSample> sample =
                  page.samples().isEmpty() ? page.before() : Optional.of(page.samples().getLast());
              sample
                  .filter(found -> found.sample().sourceTimeNs() >= oldest)
                  .ifPresent(
                      found -> answer.set(name, RetrievalJson.sample(found, Optional.empty())));
              collect(names, at, oldest, answer, done);
            });
  }

  private static long periodNs(@Nullable String text, long all) {
    if (text == null) {
      return all;
    }
    try {
      Period period = Period.parse(text);
      return (period.toTotalMonths() * 31 + period.getDays()) * DAY_NS;
    } catch (DateTimeException e) {
      throw new Json.BadRequestException("'" + text + "' is no period such as P31D");
    }
  }

  private void matching(RoutingContext c) {
    String glob = c.request().getParam("pv");
    String regex =
        glob == null ? Parameters.param(c, "regex") : glob.replace("*", ".*").replace("?", ".");
    long limit = Math.round(Parameters.numberOr(c, "limit", STANDARD_LIMIT));
    vertx
        .executeBlocking(() -> SafeRegex.matching(regex, byPv.keySet()), false)
        .onFailure(
            failure ->
                Failure.send(
                    c,
                    400,
                    "Not understood",
                    String.valueOf(failure.getMessage()),
                    "Write a simpler expression."))
        .onSuccess(
            names -> {
              ArrayNode answer = Json.array();
              names.stream().limit(limit > 0 ? limit : names.size()).forEach(answer::add);
              Answers.answer(c, answer);
            });
  }

  /** By the PV's address, with or without its field, or by the channel's id. */
  private Optional<Channel> channel(String name) {
    Channel byAddress = byPv.get(ImportText.bare(name).replaceFirst("\\.VAL$", ""));
    if (byAddress != null) {
      return Optional.of(byAddress);
    }
    try {
      return context.facility().channel(new ChannelId(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static void unknown(RoutingContext c, String pv) {
    Failure.send(
        c,
        404,
        "No such PV",
        "no channel has the PV or the id '" + pv + "'",
        "See /retrieval/bpl/getMatchingPVs?pv=*.");
  }
}
