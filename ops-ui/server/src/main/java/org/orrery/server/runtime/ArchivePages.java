package org.orrery.server.runtime;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.history.Page;
import org.orrery.contract.history.PageQuery;
import org.orrery.contract.history.PageQuery.Place;

/**
 * Walks through stored samples page by page, asking for the next one only when what became of the
 * last is away. Owned by the server's event loop.
 */
final class ArchivePages {
  private static final int PAGE = 2_000;

  private final Bus bus;

  ArchivePages(Bus bus) {
    this.bus = bus;
  }

  /** What is done with a page; the answer says when to go on, and whether. */
  interface Taker {
    Future<Boolean> take(Page page, boolean first);
  }

  /** Walks through the samples of a channel in [from, to), plant ns. */
  Future<Void> walk(ChannelId channel, long fromNs, long toNs, Taker taker) {
    Promise<Void> done = Promise.promise();
    next(channel, Place.before(fromNs), toNs, taker, done);
    return done.future();
  }

  /** Not by composing futures: an export of a year would chain a million of them. */
  private void next(ChannelId channel, Place after, long toNs, Taker taker, Promise<Void> done) {
    bus.request(Endpoints.ARCHIVE_PAGE, new PageQuery(channel, after, toNs, PAGE))
        .onFailure(done::tryFail)
        .onSuccess(
            page ->
                taker
                    .take(page, after.isFirst())
                    .onFailure(done::tryFail)
                    .onSuccess(
                        goOn -> {
                          if (goOn && page.more()) {
                            next(channel, Place.of(page.samples().getLast()), toNs, taker, done);
                          } else {
                            done.tryComplete();
                          }
                        }));
  }
}
