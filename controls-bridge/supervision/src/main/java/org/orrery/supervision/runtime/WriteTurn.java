package org.orrery.supervision.runtime;

import java.util.concurrent.TimeUnit;
import org.orrery.bus.RoomContext;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.proposal.Proposal;
import org.orrery.supervision.core.lifecycle.Event;
import org.orrery.supervision.core.lifecycle.NextWrite;

/**
 * Lets the next write of a plan wait for its turn: it keeps to the pace that the gate lets through,
 * however long that takes, before its command is made and its deadline runs; a write towards safety
 * does not, because the gate lets that through at any pace. An undo waits a moment longer where it
 * must: the undo that was just confirmed is often what the next one needs, and its sample may still
 * be on its way, because the gate's word comes by another path. For one context; not thread-safe.
 */
final class WriteTurn {
  /** How long a written value may take to come back as a sample, wall ns. */
  private static final long MOST_SHOWING_NS = 5_000_000_000L;

  private final RoomContext context;
  private final Desk desk;
  private final ChannelView view;
  private final Pace pace;
  private final Executor.Timer timer;
  private final long pollMs;

  WriteTurn(
      RoomContext context,
      Desk desk,
      ChannelView view,
      Pace pace,
      Executor.Timer timer,
      long pollMs) {
    this.context = context;
    this.desk = desk;
    this.view = view;
    this.pace = pace;
    this.timer = timer;
    this.pollMs = pollMs;
  }

  /**
   * Offers the next write of the proposal when its turn has come; forgets it once the proposal
   * moved.
   *
   * @param offer makes the event
   */
  void await(Proposal proposal, Offer offer) {
    await(proposal, offer, context.wallClock().nowNs());
  }

  private void await(Proposal proposal, Offer offer, long sinceNs) {
    boolean moved =
        desk.find(proposal.id()).filter(now -> now.version() == proposal.version()).isEmpty();
    if (moved) {
      return;
    }
    long nowNs = context.wallClock().nowNs();
    boolean mayShowYet =
        !NextWrite.brokenBeforeUndo(proposal, view.readings()).isEmpty()
            && nowNs - sinceNs < MOST_SHOWING_NS;
    long paceNs =
        NextWrite.of(proposal)
            .filter(write -> !towardsSafety(write))
            .map(write -> pace.waitNs(write.channel(), nowNs))
            .orElse(0L);
    if (mayShowYet || paceNs > 0) {
      long waitMs = Math.max(pollMs, TimeUnit.NANOSECONDS.toMillis(paceNs) + 1);
      timer.after(
          mayShowYet ? pollMs : waitMs,
          () -> await(proposal, offer, mayShowYet ? sinceNs : context.wallClock().nowNs()));
    } else {
      desk.happened(proposal.id(), p -> offer.event());
    }
  }

  private boolean towardsSafety(NextWrite write) {
    return context
        .facility()
        .channel(write.channel())
        .flatMap(Channel::writable)
        .flatMap(
            writable ->
                view.readings()
                    .last(write.channel())
                    .map(now -> writable.towardsSafety(now, write.value())))
        .orElse(false);
  }

  /** Makes the event with what is known then. */
  interface Offer {
    Event event();
  }
}
