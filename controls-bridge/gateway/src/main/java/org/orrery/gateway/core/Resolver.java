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
import org.orrery.contract.value.Value;
import org.orrery.gateway.core.ControlSystem.GetReply;

/**
 * Works off unknown outcomes by reading the device, never by writing. Confined to the gate's
 * thread.
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
      if (open.unknown().isPresent() && connected) {
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
    ports
        .control()
        .get(
            shows.pv(),
            GET_TIMEOUT_NS,
            got -> ports.thread().execute(() -> read(id, shows, writable.get(), got)));
  }

  private void read(CommandId id, Channel shows, Writable writable, GetReply reply) {
    Optional<AttemptBook.Open> open = book.open(id);
    if (open.isEmpty()) {
      answer(
          id,
          book.settled(id)
              .orElseGet(() -> new CommandOutcome.Unknown(id, ports.plantClock().nowNs(), "")));
      return;
    }
    switch (Shown.of(shows, reply)) {
      case Shown.Nothing nothing -> stillUnknown(id, nothing.why());
      case Shown.Trusted trusted -> told(open.get(), shows, writable, trusted);
    }
  }

  private void told(
      AttemptBook.Open open, Channel shows, Writable writable, Shown.Trusted trusted) {
    Value now = trusted.value();
    Command command = open.command();
    CommandId id = command.id();
    long plantNs = ports.plantClock().nowNs();
    boolean quiet = asOfNs(shows, trusted) - open.sinceNs() >= settings.quietNs();
    Value before = open.entry().before();
    String reads = shows.id() + " reads " + now.display();
    @Nullable CommandOutcome settled =
        switch (Resolution.judge(
            command.value(),
            before,
            now,
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
                      + "; the put never arrived, or the device lost it when it restarted");
          case NEITHER ->
              new CommandOutcome.Unknown(
                  id,
                  plantNs,
                  reads
                      + (writable.momentary()
                          ? ", but it returns to its idle value by itself, so this does not tell"
                              + " whether "
                              + command.value().display()
                              + " was taken"
                          : ", which is neither the "
                              + command.value().display()
                              + " written nor the "
                              + before.display()
                              + " before")
                      + "; somebody must look at the device");
          case TOO_EARLY -> null;
        };
    if (settled == null) {
      stillUnknown(id, reads + "; that is too early to tell that the put will not arrive");
    } else {
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
