package org.orrery.gateway.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.DryRun;
import org.orrery.contract.command.GateRecord;
import org.orrery.contract.command.SignedCommand;
import org.orrery.contract.proposal.Claim;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.time.Scheduler;

/**
 * The write gate: the only way to a put. It judges a signed command, writes the attempt down,
 * judges again, puts once, reads back, and answers with a sealed outcome. What it cannot tell stays
 * unknown and is worked off by reading, never by writing again.
 *
 * <p>Confined to its thread: every method is called, and every callback runs, on {@link
 * GatePorts#thread()}.
 */
public final class WriteGate {
  /** How many records the put log in memory keeps; the journal keeps all. */
  private static final int LOG_BOUND = 500;

  private final GatePorts ports;
  private final GateSettings settings;
  private final CommandVerifier verifier;
  private final AttemptBook book;
  private final TurnedAwayQuota quota;
  private final DeviceClaims claims;
  private final Resolver resolver;
  private final LateLandings late;
  private final GateCases cases;
  private final Map<String, Execution> underWay = new HashMap<>();
  private final Deque<GateRecord> log = new ArrayDeque<>();
  private boolean closed;

  /**
   * Makes a gate that continues from the journal; call {@link #start()} before anything else.
   *
   * @param book what the journal holds
   */
  public WriteGate(
      GatePorts ports, GateSettings settings, CommandVerifier verifier, AttemptBook book) {
    this.ports = ports;
    this.settings = settings;
    this.verifier = verifier;
    this.book = book;
    this.quota = new TurnedAwayQuota(book.turnedAway(), ports.wallClock().nowNs());
    this.claims = new DeviceClaims(ports.facility());
    this.cases =
        new GateCases(
            ports,
            settings,
            book,
            claims,
            device -> Optional.ofNullable(underWay.get(device)).map(Execution::command));
    this.resolver = new Resolver(ports, settings, book, this::ended);
    this.late = new LateLandings(ports, book, this::ended);
  }

  /**
   * Attempts that an earlier life left without an outcome become unknown. They are never repeated.
   */
  public void start() {
    for (AttemptBook.Open attempt : book.open()) {
      if (attempt.unknown().isEmpty()) {
        CommandOutcome.Unknown outcome =
            new CommandOutcome.Unknown(
                attempt.command().id(),
                ports.plantClock().nowNs(),
                "Orrery ended while it was writing this; it is not repeated, reading back will"
                    + " tell");
        ended(attempt.command(), outcome, false, ignored -> {});
      }
    }
  }

  /** Carries out a command, at most once; answers always, within the longest put and read-back. */
  public void execute(SignedCommand signed, Consumer<CommandOutcome> reply) {
    Command command = signed.command();
    WriteHistory before = cases.history(command);
    GateVerdict verdict =
        closed
            ? new GateVerdict.Refused(Reason.WRITING_STOPPED, "Orrery is shutting down")
            : GateRules.judge(
                cases.of(signed, verifier.verifies(signed), book.earlier(command.id()), before));
    switch (verdict) {
      case GateVerdict.Refused refused -> refuse(signed, refused, reply);
      case GateVerdict.Allowed allowed -> begin(signed, allowed, before, reply);
    }
  }

  /**
   * What the rules would say to these commands now; nothing is written, nor written down. A long
   * list is judged in slices, and what comes in between is carried out in between.
   */
  public void dryRun(List<Command> commands, Consumer<List<DryRun.Step>> reply) {
    new GateDryRun(cases, List.copyOf(commands), ports.thread(), reply).go();
  }

  /**
   * What became of a command; an unknown outcome is worked off by reading back first. Empty: never
   * seen.
   */
  public void outcome(CommandId id, Consumer<Optional<CommandOutcome>> reply) {
    Optional<CommandOutcome> settled = book.settled(id);
    Optional<AttemptBook.Open> open = book.open(id);
    if (settled.isPresent() || open.isEmpty()) {
      reply.accept(settled);
    } else if (open.get().unknown().isEmpty()) {
      reply.accept(
          Optional.of(
              new CommandOutcome.Unknown(
                  id, ports.plantClock().nowNs(), "it is being carried out")));
    } else {
      resolver.resolve(open.get(), outcome -> reply.accept(Optional.of(outcome)));
    }
  }

  /**
   * Works off unknown outcomes of connected channels, and looks for puts that were given up and
   * arrive late; to be called about every two seconds.
   */
  public void tick() {
    resolver.tick();
    late.tick();
  }

  /**
   * Which writes are not known to have been made or not, and for how long, and which seem to have
   * arrived late, in words for people.
   */
  public Optional<String> doubt() {
    String words =
        Stream.of(book.doubt(ports.wallClock().nowNs()), late.words())
            .flatMap(Optional::stream)
            .collect(Collectors.joining("; "));
    return words.isEmpty() ? Optional.empty() : Optional.of(words);
  }

  /** A proposal changed: it may now hold devices, or hold them no longer. */
  public void onProposal(Proposal proposal) {
    claims.onProposal(proposal);
  }

  /**
   * These are all plans that hold devices; until they are told, whatever is not towards safety is
   * refused, because it might be in the way of one from before the gate's start.
   */
  public void onClaims(List<Claim> all) {
    claims.all(all);
  }

  /** Whether all plans that hold devices are known. */
  public boolean knowsClaims() {
    return claims.known();
  }

  /** The newest records, the oldest first. */
  public List<GateRecord> log() {
    return List.copyOf(log);
  }

  /** Refuses everything from now on; a put under way goes on to its end. */
  public void close() {
    closed = true;
  }

  private void refuse(
      SignedCommand signed, GateVerdict.Refused refused, Consumer<CommandOutcome> reply) {
    Command command = signed.command();
    CommandOutcome.Refused outcome =
        new CommandOutcome.Refused(
            command.id(), ports.plantClock().nowNs(), refused.reason(), refused.detail());
    boolean idIsTheirs =
        refused.reason() != Reason.BAD_SIGNATURE && refused.reason() != Reason.DUPLICATE;
    if (idIsTheirs) {
      append(
          new JournalEntry.Declined(signed, outcome, ports.wallClock().nowNs()),
          command,
          outcome,
          reply);
    } else {
      noteTurnedAway(command, refused);
      record(new GateRecord(command, Optional.of(outcome)));
      reply.accept(outcome);
    }
  }

  /** Nothing waits for the disk here: whether this is written down changes nothing. */
  private void noteTurnedAway(Command command, GateVerdict.Refused refused) {
    long wallNs = ports.wallClock().nowNs();
    if (quota.admits(wallNs)) {
      JournalEntry.TurnedAway entry =
          new JournalEntry.TurnedAway(
              command.id(),
              refused.reason(),
              "asked for by "
                  + command.askedBy()
                  + " for proposal "
                  + command.proposal()
                  + ": "
                  + command.channel()
                  + " to "
                  + command.value().display()
                  + "; "
                  + refused.detail(),
              quota.takeOmitted(),
              wallNs);
      book.apply(entry);
      ports.journal().append(entry, failure -> {});
    }
  }

  /** Pace is judged again, on what was written before: the write may no longer be excused. */
  private void begin(
      SignedCommand signed,
      GateVerdict.Allowed allowed,
      WriteHistory before,
      Consumer<CommandOutcome> reply) {
    Command command = signed.command();
    supersede(command);
    JournalEntry.Attempted entry =
        new JournalEntry.Attempted(signed, allowed.before(), ports.wallClock().nowNs());
    book.apply(entry);
    Execution execution =
        new Execution(
            ports,
            settings,
            signed,
            allowed,
            () -> cases.of(signed, verifier.verifies(signed), Optional.empty(), before),
            cases::later,
            () -> record(new GateRecord(command, Optional.empty())),
            (outcome, settled) -> {
              underWay.remove(allowed.channel().device());
              ended(command, outcome, settled, reply);
            });
    underWay.put(allowed.channel().device(), execution);
    execution.start(entry);
  }

  /**
   * A write towards safety may come while an older outcome is unknown; reading back can then no
   * longer tell that one.
   */
  private void supersede(Command command) {
    for (AttemptBook.Open older : book.unresolvedOn(command.channel())) {
      ended(
          older.command(),
          new CommandOutcome.Unknown(
              older.command().id(),
              ports.plantClock().nowNs(),
              "command "
                  + command.id()
                  + " wrote to the channel before this was told; it may still arrive, and is"
                  + " watched for"),
          true,
          ignored -> {});
    }
  }

  private void ended(
      Command command, CommandOutcome outcome, boolean settled, Consumer<CommandOutcome> reply) {
    append(
        new JournalEntry.Ended(command.id(), outcome, settled, ports.wallClock().nowNs()),
        command,
        outcome,
        reply);
  }

  private void append(
      JournalEntry entry, Command command, CommandOutcome outcome, Consumer<CommandOutcome> reply) {
    book.apply(entry);
    record(new GateRecord(command, Optional.of(outcome)));
    Once answer = new Once(() -> reply.accept(outcome));
    Scheduler.Cancellable late = ports.scheduler().after(Execution.LONGEST_JOURNAL_NS, answer);
    ports
        .journal()
        .append(
            entry,
            failure ->
                ports
                    .thread()
                    .execute(
                        () -> {
                          late.cancel();
                          answer.run();
                        }));
  }

  private void record(GateRecord record) {
    if (log.size() == LOG_BOUND) {
      log.removeFirst();
    }
    log.addLast(record);
    ports.records().accept(record);
  }
}
