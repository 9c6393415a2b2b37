package org.orrery.epics.channelaccess;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.orrery.epics.adapter.UpdateBacklog;
import org.orrery.epics.server.PvState;

/**
 * One client's subscription to one PV, server side. Thread-safe: posts come from the PV's owner,
 * the circuit's writer takes.
 */
final class ServedMonitor {
  /** Updates that wait for a slow client before values, but not alarm edges, are merged. */
  private static final int QUEUE_SIZE = 16;

  private final ServedChannel channel;
  private final int id;
  private final int type;
  private final int count;
  private final int mask;
  private final CircuitOutput output;
  private final UpdateBacklog backlog = new UpdateBacklog(QUEUE_SIZE);
  private boolean ended;

  /**
   * @param count elements that the client wants; 0 for those that are there
   * @param mask on which events it wants updates
   */
  ServedMonitor(
      ServedChannel channel, int id, int type, int count, int mask, CircuitOutput output) {
    this.channel = channel;
    this.id = id;
    this.type = type;
    this.count = count;
    this.mask = mask;
    this.output = output;
  }

  int id() {
    return id;
  }

  /** Takes the state that opens the subscription. */
  void open(PvState state) {
    synchronized (this) {
      backlog.offerSnapshot(state, mask);
    }
    output.ready(this);
  }

  /** Takes an update of the PV. */
  void post(PvState state, int select, boolean edge) {
    if ((select & mask) == 0) {
      return;
    }
    boolean grown;
    synchronized (this) {
      if (ended) {
        return;
      }
      long mergedBefore = backlog.merged();
      long edgesBefore = backlog.edgesMerged();
      grown = backlog.offer(state, select, edge);
      channel
          .pv()
          .countMerged(backlog.merged() - mergedBefore, backlog.edgesMerged() - edgesBefore);
    }
    if (grown) {
      output.ready(this);
    }
  }

  synchronized void end() {
    ended = true;
    backlog.clear();
  }

  /** The oldest update for the wire; empty when there is none. */
  Optional<CaMessage> take() {
    UpdateBacklog.@Nullable Entry entry;
    synchronized (this) {
      entry = backlog.poll();
    }
    return entry == null ? Optional.empty() : Optional.of(message(entry.state()));
  }

  private CaMessage message(PvState state) {
    return DbrWriter.write(
            channel.pv().definition().metadata(), state, channel.longText(), type, count)
        .map(
            written ->
                new CaMessage(
                    CaWire.EVENT_ADD, type, written.count(), CaWire.NORMAL, id, written.bytes()))
        .orElseGet(() -> CaMessage.bare(CaWire.EVENT_ADD, type, 0, CaWire.NO_CONVERSION, id));
  }
}
