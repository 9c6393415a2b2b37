package org.orrery.gateway.core;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.health.ChannelHealth.Link;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.value.Closeness;

/**
 * Watches for puts that were not answered, were given up, and arrive after all: a server that hung
 * may still have one in hand, also when the device has read as before, and also when a later write
 * towards safety is confirmed. Where the channel shows what such a put wrote, and not what was
 * written there last, that goes on record as the put's outcome and is told to people; nothing is
 * written. Confined to the gate's thread.
 *
 * <p>Nobody can tell a late put from somebody else's write of the same value, and the words say so.
 * A device that took the put and is slow to show it is none: the value must have been seen absent
 * since the put was given up.
 */
final class LateLandings {
  /**
   * How long after it was given up a put is watched for, wall ns: as long as the system may keep a
   * connection whose other end does not answer.
   */
  static final long WATCHED_NS = 15 * 60 * 1_000_000_000L;

  /** How long one is told at most, wall ns; less where the channel is written or shows another. */
  private static final long TOLD_NS = 60 * 60 * 1_000_000_000L;

  /** How long the newest write may take to come as a sample, wall ns. */
  private static final long SHOWING_NS = 5_000_000_000L;

  private record Landed(Command command, long wallNs) {}

  private final GatePorts ports;
  private final AttemptBook book;
  private final Resolver.End end;
  private final Map<CommandId, Landed> landed = new LinkedHashMap<>();

  /** Puts whose value no place showed at some time since they were given up. */
  private final Set<CommandId> absent = new HashSet<>();

  LateLandings(GatePorts ports, AttemptBook book, Resolver.End end) {
    this.ports = ports;
    this.book = book;
    this.end = end;
  }

  /** Looks at what the channels show; to be called about every two seconds. */
  void tick() {
    long nowNs = ports.wallClock().nowNs();
    landed
        .values()
        .removeIf(
            each ->
                nowNs - each.wallNs() > TOLD_NS
                    || isWrittenAnew(each.command())
                    || shown(each.command()).isEmpty());
    for (AttemptBook.GivenUp each : book.givenUp()) {
      if (nowNs - each.wallNs() > WATCHED_NS) {
        book.forget(each);
      } else if (isDue(each.command(), nowNs)) {
        look(each, nowNs);
      }
    }
    absent.retainAll(book.givenUp().stream().map(each -> each.command().id()).toList());
  }

  private void look(AttemptBook.GivenUp each, long nowNs) {
    Optional<ChannelId> where = shown(each.command());
    if (where.isEmpty()) {
      absent.add(each.command().id());
    } else if (each.wasAbsent() || absent.contains(each.command().id())) {
      tell(each.command(), where.get(), nowNs);
    }
  }

  /** What arrived late, or seems to have, in words for people. */
  Optional<String> words() {
    return landed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            landed.values().stream()
                .map(Landed::command)
                .map(c -> c.channel() + " to " + c.value().display() + " by command " + c.id())
                .collect(
                    Collectors.joining(
                        ", ",
                        "a write that was given up seems to have arrived late: ",
                        "; look at the device")));
  }

  /** Not while a newer write is under way, nor before it may have come as a sample. */
  private boolean isDue(Command command, long nowNs) {
    Optional<AttemptBook.Newest> newest = book.newest(command.channel());
    return newest.isPresent()
        && newest.get().overNs().isPresent()
        && nowNs - newest.get().overNs().get() >= showingNs(command)
        && !isWrittenAnew(command);
  }

  private long showingNs(Command command) {
    return places(command).mapToLong(Channel::cadenceNs).map(ns -> 2 * ns).max().orElse(0)
        + SHOWING_NS;
  }

  /** Whether the newest write there is another one that wrote the same. */
  private boolean isWrittenAnew(Command command) {
    return book.newest(command.channel())
        .map(AttemptBook.Newest::command)
        .filter(last -> !last.id().equals(command.id()))
        .filter(last -> Closeness.same(command.value(), last.value(), tolerance(command)))
        .isPresent();
  }

  private Optional<ChannelId> shown(Command command) {
    return places(command)
        .map(Channel::id)
        .filter(
            id ->
                ports.plant().health(id).filter(h -> h.link() == Link.CONNECTED).isPresent()
                    && ports
                        .plant()
                        .latest(id)
                        .filter(s -> s.quality() == Quality.GOOD)
                        .map(Sample::value)
                        .filter(now -> Closeness.same(command.value(), now, tolerance(command)))
                        .isPresent())
        .findFirst();
  }

  /** The set point and what shows it; nothing for one that returns to idle by itself. */
  private Stream<Channel> places(Command command) {
    Optional<Channel> target =
        ports
            .facility()
            .channel(command.channel())
            .filter(channel -> channel.writable().filter(w -> !w.momentary()).isPresent());
    Optional<Channel> readback =
        target
            .flatMap(Channel::writable)
            .flatMap(Writable::readback)
            .flatMap(ports.facility()::channel);
    return Stream.concat(target.stream(), readback.stream());
  }

  private double tolerance(Command command) {
    return ports
        .facility()
        .channel(command.channel())
        .flatMap(Channel::writable)
        .map(Writable::readbackTolerance)
        .orElse(0.0);
  }

  private void tell(Command command, ChannelId where, long nowNs) {
    landed.put(command.id(), new Landed(command, nowNs));
    end.ended(
        command,
        new CommandOutcome.Unknown(
            command.id(),
            ports.plantClock().nowNs(),
            where
                + " shows "
                + command.value().display()
                + ", which this command wrote: it was given up and seems to have arrived late,"
                + " unless somebody else wrote the same; look at the device"),
        true,
        ignored -> {});
  }
}
