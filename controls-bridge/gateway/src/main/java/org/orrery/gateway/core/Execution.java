package org.orrery.gateway.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.SignedCommand;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.time.Scheduler.Cancellable;
import org.orrery.contract.value.Value;
import org.orrery.gateway.core.ControlSystem.GetReply;
import org.orrery.gateway.core.ControlSystem.PutReply;

/**
 * One allowed command on its way: journal, second judgement, one put, read-back, outcome. Holds the
 * only call of a put in Orrery, and makes it at most once. Confined to the gate's thread.
 */
final class Execution {
  /** A disk that takes longer than this to write one entry is broken, wall ns. */
  static final long LONGEST_JOURNAL_NS = 10_000_000_000L;

  /**
   * The client keeps the put's deadline itself; this much later nobody waits for it any longer,
   * wall ns.
   */
  private static final long GRACE_NS = 1_000_000_000L;

  private static final long SHORTEST_PUT_NS = 100_000_000L;
  private static final long POLL_NS = 250_000_000L;
  private static final long GET_TIMEOUT_NS = 2_000_000_000L;

  private enum Stage {
    JOURNALLING,
    PUTTING,
    READING_BACK,
    /** The device said no after the value had left. */
    REFUSED,
    OVER
  }

  /** Takes how it ended. */
  interface End {
    void ended(CommandOutcome outcome, boolean settled);
  }

  private final GatePorts ports;
  private final GateSettings settings;
  private final Command command;
  private final GateVerdict.Allowed allowed;
  private final Supplier<GateCase> caseNow;
  private final UnaryOperator<GateCase> later;
  private final Runnable attempted;
  private final End end;
  private final Seen seen;
  private final List<Cancellable> pending = new ArrayList<>();
  private long freshFromNs;
  private volatile Stage stage = Stage.JOURNALLING;

  /** What kept the value from leaving when the client asked, unless writing was stopped. */
  private volatile GateVerdict.Refused barred =
      new GateVerdict.Refused(
          Reason.NOT_SENT, "whether it might still leave could not be told; propose it again");

  /**
   * @param caseNow the case as it is, to ask every rule once more right before the put
   * @param later the same case by now, as far as that can be told on any thread
   * @param attempted called once the attempt is durable
   * @param end called once
   */
  Execution(
      GatePorts ports,
      GateSettings settings,
      SignedCommand signed,
      GateVerdict.Allowed allowed,
      Supplier<GateCase> caseNow,
      UnaryOperator<GateCase> later,
      Runnable attempted,
      End end) {
    this.ports = ports;
    this.settings = settings;
    this.command = signed.command();
    this.allowed = allowed;
    this.caseNow = caseNow;
    this.later = later;
    this.attempted = attempted;
    this.end = end;
    this.seen = new Seen(command.value(), allowed.before(), allowed.writable());
  }

  Command command() {
    return command;
  }

  void start(JournalEntry.Attempted entry) {
    pending.add(
        ports
            .scheduler()
            .after(
                LONGEST_JOURNAL_NS,
                () ->
                    journalled(
                        Optional.of("the disk does not answer; look at the data directory"))));
    ports.journal().append(entry, failure -> ports.thread().execute(() -> journalled(failure)));
  }

  private void journalled(Optional<String> failure) {
    if (stage != Stage.JOURNALLING) {
      return;
    }
    cancelPending();
    if (failure.isPresent()) {
      refuse(
          Reason.JOURNAL,
          "the attempt could not be written down, so it was not made: " + failure.get());
      return;
    }
    attempted.run();
    GateCase judged = caseNow.get();
    switch (GateRules.judge(judged)) {
      case GateVerdict.Refused refused -> refuse(refused.reason(), refused.detail());
      case GateVerdict.Allowed still -> put(still.channel(), judged);
    }
  }

  private void put(Channel target, GateCase judged) {
    freshFromNs = freshFromNs();
    stage = Stage.PUTTING;
    long leftNs = command.deadlineNs() - ports.wallClock().nowNs();
    long timeoutNs =
        Math.max(
            SHORTEST_PUT_NS,
            Math.min(Math.min(command.timeoutNs(), settings.longestPutNs()), leftNs));
    pending.add(
        ports.plant().watch(readbackId(), sample -> ports.thread().execute(() -> saw(sample))));
    pending.add(
        ports
            .scheduler()
            .after(
                timeoutNs + GRACE_NS,
                () -> answered(new PutReply.NoAnswer("the client itself did not answer", true))));
    try {
      ports
          .control()
          .put(
              target.pv(),
              command.value(),
              timeoutNs,
              () -> maySend(judged),
              reply -> ports.thread().execute(() -> answered(reply)));
    } catch (RuntimeException e) {
      answered(new PutReply.NoAnswer("the client failed: " + e.getMessage(), true));
    }
  }

  /**
   * Preparing a put takes the client a round trip or two, which a slow server makes seconds:
   * whoever stops writing meanwhile stops this, and so do a tag-out, a reservation, a switch on
   * local, an interlock, another mode, a precondition, and the end of our own patience. Asked on
   * the client's thread.
   */
  private boolean maySend(GateCase judged) {
    if (stage != Stage.PUTTING || ports.stopped().getAsBoolean()) {
      return false;
    }
    if (GateRules.judge(later.apply(judged)) instanceof GateVerdict.Refused refused) {
      barred = refused;
      return false;
    }
    return true;
  }

  private void saw(Sample sample) {
    if (sample.quality() == Quality.GOOD) {
      look(sample.value());
    } else {
      seen.nothing();
    }
  }

  private void look(Value value) {
    seen.value(value);
    if (stage == Stage.READING_BACK) {
      seen.kept().ifPresent(this::confirm);
    }
  }

  private void answered(PutReply reply) {
    if (stage != Stage.PUTTING) {
      return;
    }
    switch (reply) {
      case PutReply.Completed completed -> readBack();
      case PutReply.Rejected rejected -> {
        if (rejected.mayHaveBeenWritten()) {
          readAfterNo(rejected.message());
        } else {
          refuse(Reason.NOT_SENT, "the write never left: " + rejected.message());
        }
      }
      case PutReply.Withheld withheld -> {
        GateVerdict.Refused why =
            GateRules.judge(caseNow.get()) instanceof GateVerdict.Refused refused
                ? refused
                : barred;
        refuse(why.reason(), "nothing was sent: " + why.detail());
      }
      case PutReply.NoAnswer none -> {
        if (none.mayHaveBeenWritten()) {
          finish(new CommandOutcome.Unknown(command.id(), plantNs(), none.why()), false);
        } else {
          refuse(Reason.NOT_SENT, "the write never left: " + none.why());
        }
      }
    }
  }

  /** An error may come after the field has changed: nothing was written only if that shows. */
  private void readAfterNo(String message) {
    stage = Stage.REFUSED;
    pending.add(
        ports
            .scheduler()
            .after(
                settings.readbackNs(),
                () ->
                    unknownAfterNo(
                        message,
                        readbackId() + " has shown nothing since that was taken after the put")));
    readOnceAfterNo(message);
  }

  private void readOnceAfterNo(String message) {
    if (stage != Stage.REFUSED) {
      return;
    }
    ports
        .control()
        .get(
            readbackChannel().pv(),
            GET_TIMEOUT_NS,
            reply -> ports.thread().execute(() -> gotAfterNo(message, reply)));
  }

  private void gotAfterNo(String message, GetReply reply) {
    if (stage != Stage.REFUSED) {
      return;
    }
    Shown shown = Shown.of(readbackChannel(), reply);
    if (!(shown instanceof Shown.Trusted trusted && seen.untouched(trusted.value()))) {
      unknownAfterNo(message, shown.words());
    } else if (isFresh(trusted)) {
      refuse(Reason.REJECTED_BY_DEVICE, message);
    } else {
      pending.add(ports.scheduler().after(POLL_NS, () -> readOnceAfterNo(message)));
    }
  }

  private void unknownAfterNo(String message, String shown) {
    unknown(
        "the device said no when the value had left already, and may have taken it: "
            + message
            + "; "
            + shown);
  }

  /**
   * A channel that is read at a cadence shows for a while what was there before the put: only a
   * reading that was taken after it tells that nothing changed.
   */
  private boolean isFresh(Shown.Trusted trusted) {
    return readbackChannel().cadenceNs() <= 0 || trusted.takenNs() > freshFromNs;
  }

  /**
   * From when on a reading was taken after the put, by the source's own clock where that is ahead
   * of ours, plant ns.
   */
  private long freshFromNs() {
    long nowNs = plantNs();
    return ports
        .plant()
        .latest(readbackId())
        .map(last -> last.sourceTimeNs() + Math.max(0, nowNs - last.receivedTimeNs()))
        .map(theirsNs -> Math.max(nowNs, theirsNs))
        .orElse(nowNs);
  }

  private void readBack() {
    stage = Stage.READING_BACK;
    if (seen.kept().isPresent()) {
      confirm(seen.kept().get());
      return;
    }
    pending.add(
        ports
            .scheduler()
            .after(
                settings.readbackNs(),
                () ->
                    unknown(
                        "the device said it took "
                            + command.value().display()
                            + ", but "
                            + readbackId()
                            + " reads "
                            + seen.last())));
    read();
  }

  private void read() {
    if (stage != Stage.READING_BACK) {
      return;
    }
    ports
        .control()
        .get(
            readbackChannel().pv(),
            GET_TIMEOUT_NS,
            reply -> ports.thread().execute(() -> got(reply)));
  }

  private void got(GetReply reply) {
    if (Shown.of(readbackChannel(), reply) instanceof Shown.Trusted trusted) {
      look(trusted.value());
    }
    if (stage == Stage.READING_BACK) {
      pending.add(ports.scheduler().after(POLL_NS, this::read));
    }
  }

  private void confirm(Value value) {
    finish(new CommandOutcome.Confirmed(command.id(), plantNs(), value), true);
  }

  private void refuse(Reason reason, String detail) {
    finish(new CommandOutcome.Refused(command.id(), plantNs(), reason, detail), true);
  }

  /** Reading again may still tell, unless the device showed the value and let go of it. */
  private void unknown(String why) {
    finish(new CommandOutcome.Unknown(command.id(), plantNs(), why), seen.letGo());
  }

  private void finish(CommandOutcome outcome, boolean settled) {
    if (stage == Stage.OVER) {
      return;
    }
    stage = Stage.OVER;
    cancelPending();
    end.ended(outcome, settled);
  }

  private void cancelPending() {
    pending.forEach(Cancellable::cancel);
    pending.clear();
  }

  private ChannelId readbackId() {
    return allowed.writable().readback().orElse(allowed.channel().id());
  }

  private Channel readbackChannel() {
    return ports.facility().channel(readbackId()).orElse(allowed.channel());
  }

  private long plantNs() {
    return ports.plantClock().nowNs();
  }
}
