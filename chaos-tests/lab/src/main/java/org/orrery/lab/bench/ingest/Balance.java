package org.orrery.lab.bench.ingest;

/**
 * What became of every sample between two moments at which nothing was under way. Immutable.
 *
 * @param posted updates made
 * @param mergedByServer left out by the server because the gateway was slow to take them
 * @param marksOfLoss how often the gateway was told of such a loss, and read the PV again; one mark
 *     may stand for several updates
 * @param disconnects how often a channel lost its connection, for example because the machine was
 *     too busy to keep it alive
 * @param lostDisconnected posted while a channel had no connection; the gap is marked, nothing else
 *     can be known of it
 * @param received samples that the gateway took in, with those that it read again
 * @param squashed left out by the feed before Kafka
 * @param dropped thrown away by the relay or the archive
 * @param acknowledged by Kafka
 * @param stored in the archive's table, committed
 * @param unaccounted vanished between two stages without being counted
 */
public record Balance(
    long posted,
    long mergedByServer,
    long marksOfLoss,
    long disconnects,
    long lostDisconnected,
    long received,
    long squashed,
    long dropped,
    long acknowledged,
    long stored,
    long unaccounted) {

  static Balance between(Counts before, Counts after, long posted) {
    long merged = after.merged() - before.merged();
    long received = after.transport().out() - before.transport().out();
    long squashed = after.feed().squashed() - before.feed().squashed();
    long dropped =
        after.relay().dropped()
            - before.relay().dropped()
            + after.archive().dropped()
            - before.archive().dropped();
    long stored = after.archive().out() - before.archive().out();
    long handedOn = after.gateway().out() - before.gateway().out();
    long disconnects = after.disconnects() - before.disconnects();
    long missing = Math.max(0, posted - merged - received);
    long unaccounted =
        (disconnects > 0 ? 0 : missing) + Math.abs(handedOn - squashed - dropped - stored);
    return new Balance(
        posted,
        merged,
        after.transport().squashed() - before.transport().squashed(),
        disconnects,
        disconnects > 0 ? missing : 0,
        received,
        squashed,
        dropped,
        after.relay().out() - before.relay().out(),
        stored,
        unaccounted);
  }

  boolean lossless() {
    return mergedByServer + lostDisconnected + squashed + dropped + unaccounted == 0;
  }
}
