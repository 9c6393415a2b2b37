package org.orrery.gateway.core;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.WriteBudget;

/**
 * What the journal says: the fold over its entries. Grows with the journal, about 300 bytes a
 * command. Not thread-safe.
 */
public final class AttemptBook {
  /**
   * An attempt whose outcome is not settled.
   *
   * @param entry the attempt
   * @param unknown the outcome so far, once the put has ended without one
   * @param sinceNs since when it stands like this, wall ns
   */
  record Open(
      JournalEntry.Attempted entry, Optional<CommandOutcome.Unknown> unknown, long sinceNs) {
    Command command() {
      return entry.signed().command();
    }
  }

  /**
   * An attempt that was not answered and was given up without a yes: it may still arrive.
   *
   * @param wallNs when it was given up
   * @param wasAbsent whether its set point was seen then not to show its value
   */
  record GivenUp(JournalEntry.Attempted entry, long wallNs, boolean wasAbsent) {
    Command command() {
      return entry.signed().command();
    }
  }

  /**
   * The newest attempt on a channel whose value may have left.
   *
   * @param overNs when its outcome was settled, wall ns; empty while it is not
   */
  record Newest(Command command, Optional<Long> overNs) {}

  private final Map<CommandId, Open> open = new LinkedHashMap<>();
  private final Map<CommandId, GivenUp> givenUp = new LinkedHashMap<>();
  private final Map<ChannelId, Newest> newest = new HashMap<>();

  /** The newest before the one that is under way, which may turn out never to leave. */
  private final Map<ChannelId, Newest> newestBefore = new HashMap<>();

  private final Map<CommandId, CommandOutcome> settled = new HashMap<>();
  private final Map<ChannelId, Deque<Long>> writes = new HashMap<>();
  private Optional<WritingState> writing = Optional.empty();
  private int turnedAway;

  /** A book of these entries, in the order of the journal. */
  public static AttemptBook of(List<JournalEntry> entries) {
    AttemptBook book = new AttemptBook();
    entries.forEach(book::apply);
    return book;
  }

  void apply(JournalEntry entry) {
    switch (entry) {
      case JournalEntry.Attempted attempted -> {
        Command command = attempted.signed().command();
        open.put(command.id(), new Open(attempted, Optional.empty(), attempted.wallNs()));
        Deque<Long> times = writes.computeIfAbsent(command.channel(), id -> new ArrayDeque<>());
        if (times.size() == WriteBudget.MOST) {
          times.removeFirst();
        }
        times.addLast(attempted.wallNs());
        begins(command);
      }
      case JournalEntry.Ended ended -> {
        Open attempt = open.remove(ended.command());
        if (!ended.settled()
            && attempt != null
            && ended.outcome() instanceof CommandOutcome.Unknown unknown) {
          open.put(
              ended.command(), new Open(attempt.entry(), Optional.of(unknown), ended.wallNs()));
        } else {
          settled.put(ended.command(), ended.outcome());
          over(ended, attempt);
        }
      }
      case JournalEntry.Declined declined ->
          settled.put(declined.signed().command().id(), declined.outcome());
      case JournalEntry.TurnedAway away -> turnedAway++;
      case JournalEntry.Switched switched -> writing = Optional.of(switched.state());
    }
  }

  private void begins(Command command) {
    ChannelId channel = command.channel();
    newest(channel).ifPresent(last -> newestBefore.put(channel, last));
    newest.put(channel, new Newest(command, Optional.empty()));
  }

  private void over(JournalEntry.Ended ended, @Nullable Open attempt) {
    givenUp.remove(ended.command());
    if (attempt == null) {
      return;
    }
    ChannelId channel = attempt.command().channel();
    if (newest(channel).filter(n -> n.command().id().equals(ended.command())).isPresent()) {
      @Nullable Newest before = newestBefore.remove(channel);
      boolean neverLeft =
          ended.outcome() instanceof CommandOutcome.Refused refused
              && !refused.reason().mayHaveBeenWritten();
      if (!neverLeft) {
        newest.put(channel, new Newest(attempt.command(), Optional.of(ended.wallNs())));
      } else if (before != null) {
        newest.put(channel, before);
      } else {
        newest.remove(channel);
      }
    }
    if (ended.outcome() instanceof CommandOutcome.Confirmed) {
      // From now on that value tells nothing of an older put that wrote the same.
      givenUp
          .values()
          .removeIf(
              older ->
                  older.command().channel().equals(channel)
                      && older.command().value().equals(attempt.command().value()));
    } else if (attempt.unknown().isPresent()) {
      boolean absent = ended.outcome() instanceof CommandOutcome.Refused;
      givenUp.put(ended.command(), new GivenUp(attempt.entry(), ended.wallNs(), absent));
    }
  }

  /** The attempts that were given up and not told of since, the oldest first. */
  List<GivenUp> givenUp() {
    return List.copyOf(givenUp.values());
  }

  /** It is not waited for any longer. */
  void forget(GivenUp attempt) {
    givenUp.remove(attempt.command().id());
  }

  /** The newest attempt on a channel whose value may have left. */
  Optional<Newest> newest(ChannelId channel) {
    return Optional.ofNullable(newest.get(channel));
  }

  /** The writing state written down last. */
  public Optional<WritingState> writing() {
    return writing;
  }

  /** How many entries say that a command was turned away. */
  int turnedAway() {
    return turnedAway;
  }

  /** The attempts without a settled outcome, the oldest first. */
  Collection<Open> open() {
    return List.copyOf(open.values());
  }

  Optional<Open> open(CommandId id) {
    return Optional.ofNullable(open.get(id));
  }

  Optional<CommandOutcome> settled(CommandId id) {
    return Optional.ofNullable(settled.get(id));
  }

  /** What became of a command with this id, in words; empty where there was none. */
  Optional<String> earlier(CommandId id) {
    Open attempt = open.get(id);
    if (attempt != null) {
      return Optional.of(attempt.unknown().isPresent() ? "its outcome is unknown" : "under way");
    }
    return settled(id)
        .map(
            outcome ->
                switch (outcome) {
                  case CommandOutcome.Confirmed c -> "confirmed";
                  case CommandOutcome.Refused r -> "refused, " + r.reason();
                  case CommandOutcome.Unknown u -> "its outcome stays unknown";
                });
  }

  /** When the channel and the others of its device were written to. */
  WriteHistory history(Channel channel, Facility facility) {
    List<Long> device =
        facility.channels().values().stream()
            .filter(other -> other.device().equals(channel.device()))
            .flatMap(other -> writes(other.id()).stream())
            .sorted()
            .toList();
    return new WriteHistory(List.copyOf(writes(channel.id())), device);
  }

  private Collection<Long> writes(ChannelId channel) {
    return writes.getOrDefault(channel, new ArrayDeque<>());
  }

  /** The attempts that ended without a settled outcome, and the age of the oldest, in words. */
  Optional<String> doubt(long wallNs) {
    List<Open> unknown = open.values().stream().filter(o -> o.unknown().isPresent()).toList();
    return unknown.stream()
        .min(Comparator.comparingLong(o -> o.entry().wallNs()))
        .map(
            oldest ->
                (unknown.size() == 1
                        ? "a write is not confirmed: "
                        : unknown.size() + " writes are not confirmed, the oldest: ")
                    + oldest.command().channel()
                    + " to "
                    + oldest.command().value().display()
                    + ", for "
                    + GateRules.seconds(wallNs - oldest.entry().wallNs())
                    + " s; it is read back as soon as it can be, look at the device");
  }

  /** The attempts on a channel whose outcome is unknown and may still be told by reading back. */
  List<Open> unresolvedOn(ChannelId channel) {
    return open.values().stream()
        .filter(each -> each.unknown().isPresent() && each.command().channel().equals(channel))
        .toList();
  }
}
