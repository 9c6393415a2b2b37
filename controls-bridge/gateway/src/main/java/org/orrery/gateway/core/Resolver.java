package org.orrery.gateway.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.health.ChannelHealth.Link;
import org.orrery.contract.value.Closeness;
import org.orrery.contract.value.Value;
import org.orrery.gateway.core.ControlSystem.GetReply;

/**
 * Works off unknown outcomes by reading the device, never by writing. Confined to the gate's
 * thread.
 *
 * <p>That a device reads as before tells nothing by itself, however long ago the put was: its
 * server may hang with the put in hand, and another server shows the read-back. So it counts only
 * once the server of the set point itself has answered, again and again over {@link
 * GateSettings#quietNs()} after the put ended, with no read that failed and no lost connection in
 * between, and the set point does not show the value. On the connection that the put went over a
 * server comes to the put before it comes to these reads; a silent connection is aborted by the
 * clients that can, so that nothing more of it leaves. One thread of a server may still hang while
 * others answer: {@link LateLandings} watches on.
 */
final class Resolver {
  private static final long GET_TIMEOUT_NS = 3_000_000_000L;

  /** Writes down and tells how a command ended. */
  interface End {
    void ended(
        Command command, CommandOutcome outcome, boolean settled, Consumer<CommandOutcome> reply);
  }

  private final GatePorts ports;
  private final GateSettings settings;
  private final AttemptBook book;
  private final End end;
  private final Map<CommandId, List<Consumer<CommandOutcome>>> waiting = new HashMap<>();

  /** Since when the set point's server has answered each time that it was asked, wall ns. */
  private final Map<CommandId, Long> answeringSinceNs = new HashMap<>();

  Resolver(GatePorts ports, GateSettings settings, AttemptBook book, End end) {
    this.ports = ports;
    this.settings = settings;
    this.book = book;
    this.end = end;
  }

  /** Tries every unknown outcome whose channel is connected. */
  void tick() {
    for (AttemptBook.Open open : book.open()) {
      boolean connected =
          ports
              .plant()
              .health(open.command().channel())
              .filter(health -> health.link() != Link.DISCONNECTED)
              .isPresent();
      if (!connected) {
        answeringSinceNs.remove(open.command().id());
      } else if (open.unknown().isPresent()) {
        resolve(open, ignored -> {});
      }
    }
  }

  /**
   * Reads once and replies with what that tells; the outcome stays unknown where it tells nothing.
   */
  void resolve(AttemptBook.Open open, Consumer<CommandOutcome> reply) {
    CommandId id = open.command().id();
    List<Consumer<CommandOutcome>> others = waiting.get(id);
    if (others != null) {
      others.add(reply);
      return;
    }
    waiting.put(id, new ArrayList<>(List.of(reply)));
    Optional<Channel> target = ports.facility().channel(open.command().channel());
    Optional<Writable> writable = target.flatMap(Channel::writable);
    if (target.isEmpty() || writable.isEmpty()) {
      stillUnknown(
          id,
          "the facility description no longer has "
              + open.command().channel()
              + " as writable; look at the device");
      return;
    }
    Channel shows =
        writable.get().readback().flatMap(ports.facility()::channel).orElse(target.get());
    get(shows, got -> read(id, target.get(), shows, writable.get(), got));
  }

  private void get(Channel channel, Consumer<GetReply> then) {
    ports
        .control()
        .get(channel.pv(), GET_TIMEOUT_NS, got -> ports.thread().execute(() -> then.accept(got)));
  }

  private void read(
      CommandId id, Channel target, Channel shows, Writable writable, GetReply reply) {
    switch (Shown.of(shows, reply)) {
      case Shown.Nothing nothing -> {
        if (shows.equals(target)) {
          answeringSinceNs.remove(id);
        }
        stillUnknown(id, nothing.why());
      }
      case Shown.Trusted trusted -> {
        if (shows.equals(target)) {
          told(id, shows, writable, trusted, trusted);
        } else {
          get(target, got -> setPoint(id, target, shows, writable, trusted, got));
        }
      }
    }
  }

  /** What shows the value may be on another server: the set point's own must answer, too. */
  private void setPoint(
      CommandId id,
      Channel target,
      Channel shows,
      Writable writable,
      Shown.Trusted trusted,
      GetReply reply) {
    switch (Shown.of(target, reply)) {
      case Shown.Nothing nothing -> {
        answeringSinceNs.remove(id);
        boolean taken = isWritten(id, trusted.value(), writable);
        if (taken) {
          told(id, shows, writable, trusted, trusted);
        } else {
          stillUnknown(id, nothing.why());
        }
      }
      case Shown.Trusted own -> told(id, shows, writable, trusted, own);
    }
  }

  private boolean isWritten(CommandId id, Value now, Writable writable) {
    return book.open(id)
        .filter(o -> Closeness.same(o.command().value(), now, writable.readbackTolerance()))
        .isPresent();
  }

  private void told(
      CommandId id,
      Channel shows,
      Writable writable,
      Shown.Trusted trusted,
      Shown.Trusted setPoint) {
    Optional<AttemptBook.Open> found = book.open(id);
    if (found.isEmpty()) {
      answeringSinceNs.remove(id);
      answer(
          id,
          book.settled(id)
              .orElseGet(() -> new CommandOutcome.Unknown(id, ports.plantClock().nowNs(), "")));
      return;
    }
    AttemptBook.Open open = found.get();
    Value now = trusted.value();
    Command command = open.command();
    long plantNs = ports.plantClock().nowNs();
    long sinceNs = answeringSinceNs.computeIfAbsent(id, first -> ports.wallClock().nowNs());
    boolean quiet = asOfNs(shows, trusted) - sinceNs >= settings.quietNs();
    Value before = open.entry().before();
    String reads = shows.id() + " reads " + now.display();
    @Nullable CommandOutcome settled =
        switch (Resolution.judge(
            command.value(),
            before,
            now,
            setPoint.value(),
            writable.readbackTolerance(),
            writable.momentary(),
            quiet)) {
          case TAKEN -> new CommandOutcome.Confirmed(id, plantNs, now);
          case NOT_TAKEN ->
              new CommandOutcome.Refused(
                  id,
                  plantNs,
                  Reason.READS_AS_BEFORE,
                  reads
                      + " as before the attempt, not "
                      + command.value().display()
                      + ", and the server of "
                      + command.channel()
                      + " has answered since; the put most likely never arrived, or the device lost"
                      + " it when it restarted");
          case NEITHER ->
              new CommandOutcome.Unknown(
                  id, plantNs, reads + whyNeither(open, shows, writable, setPoint));
          case TOO_EARLY -> null;
        };
    if (settled == null) {
      stillUnknown(id, reads + "; that is too early to tell that the put will not arrive");
    } else {
      answeringSinceNs.remove(id);
      List<Consumer<CommandOutcome>> replies = waiting.remove(id);
      end.ended(
          command,
          settled,
          true,
          outcome -> {
            if (replies != null) {
              replies.forEach(each -> each.accept(outcome));
            }
          });
    }
  }

  private static String whyNeither(
      AttemptBook.Open open, Channel shows, Writable writable, Shown.Trusted setPoint) {
    String written = open.command().value().display();
    String words;
    if (writable.momentary()) {
      words =
          ", but it returns to its idle value by itself, so this does not tell whether "
              + written
              + " was taken";
    } else if (!setPoint.channel().equals(shows.id())
        && Closeness.same(open.command().value(), setPoint.value(), writable.readbackTolerance())) {
      words = ", though " + setPoint.words() + " as written";
    } else {
      words =
          ", which is neither the "
              + written
              + " written nor the "
              + open.entry().before().display()
              + " before";
    }
    return words + "; somebody must look at the device";
  }

  /**
   * Up to when a reading tells what the device did, wall ns: a channel that is read at a cadence
   * may still show what was there before the put.
   */
  private long asOfNs(Channel shows, Shown.Trusted trusted) {
    long nowNs = ports.wallClock().nowNs();
    return shows.cadenceNs() <= 0
        ? nowNs
        : Math.min(nowNs, ports.plantClock().toWallNs(trusted.takenNs()));
  }

  private void stillUnknown(CommandId id, String why) {
    answer(id, new CommandOutcome.Unknown(id, ports.plantClock().nowNs(), why));
  }

  private void answer(CommandId id, CommandOutcome outcome) {
    List<Consumer<CommandOutcome>> replies = waiting.remove(id);
    if (replies != null) {
      replies.forEach(each -> each.accept(outcome));
    }
  }
}
