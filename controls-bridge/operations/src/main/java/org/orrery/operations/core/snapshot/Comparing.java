package org.orrery.operations.core.snapshot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.snapshot.Comparison;
import org.orrery.contract.snapshot.Difference;
import org.orrery.contract.snapshot.Difference.Kind;
import org.orrery.contract.snapshot.Snapshot;
import org.orrery.contract.value.Value;

/**
 * Compares a snapshot with another side. What cannot be compared is named as such and never counted
 * as the same. Stateless.
 */
public final class Comparing {
  private Comparing() {}

  /**
   * What the other side says about one channel.
   *
   * @param value the value, where there is one
   * @param unit UCUM code
   * @param quality how far it can be used
   * @param detail for people, where it cannot
   */
  public record Other(Optional<Value> value, String unit, Quality quality, String detail) {}

  /** With what the channels show now. */
  public static Comparison live(Snapshot snapshot, Facility facility, Taken taken) {
    Map<ChannelId, Other> others = new HashMap<>();
    for (ChannelId id : channels(snapshot)) {
      facility.channel(id).ifPresent(channel -> others.put(id, now(channel, taken)));
    }
    return compare(snapshot, others, "now", taken.plantNs());
  }

  private static Other now(Channel channel, Taken taken) {
    return taken
        .sample(channel.id())
        .map(
            sample ->
                new Other(
                    Optional.of(sample.value()),
                    channel.unit(),
                    taken.quality(channel, sample),
                    taken.trouble(channel.id())))
        .orElseGet(
            () ->
                new Other(
                    Optional.empty(),
                    channel.unit(),
                    Quality.DISCONNECTED,
                    taken.trouble(channel.id())));
  }

  /** With another snapshot; channels of the other that this one lacks are missing, too. */
  public static Comparison snapshots(Snapshot snapshot, Snapshot other) {
    Map<ChannelId, Other> others = new HashMap<>();
    for (Snapshot.Entry entry : other.entries()) {
      others.put(
          entry.channel(),
          new Other(Optional.of(entry.value()), entry.unit(), entry.quality(), "when saved"));
    }
    Comparison compared =
        compare(
            snapshot,
            others,
            "snapshot '" + other.name() + "' (" + other.id() + ")",
            other.plantNs());
    Set<ChannelId> mine = new HashSet<>(channels(snapshot));
    List<Difference> differences = new ArrayList<>(compared.differences());
    for (Snapshot.Entry entry : other.entries()) {
      if (!mine.contains(entry.channel())) {
        differences.add(
            new Difference(
                entry.channel(),
                Kind.MISSING,
                Optional.empty(),
                Optional.of(entry.value()),
                entry.unit(),
                0,
                "only the other snapshot has it"));
      }
    }
    return new Comparison(
        compared.snapshot(), compared.against(), compared.atNs(), compared.same(), differences);
  }

  /** Every channel that the snapshot is about, those that were missing at its save included. */
  public static List<ChannelId> channels(Snapshot snapshot) {
    List<ChannelId> channels = new ArrayList<>();
    snapshot.entries().forEach(entry -> channels.add(entry.channel()));
    channels.addAll(snapshot.missing());
    return channels;
  }

  /**
   * Compares.
   *
   * @param others what the other side says; nothing is known of a channel that is not there
   * @param against the other side in words
   * @param atNs its instant, plant ns
   */
  public static Comparison compare(
      Snapshot snapshot, Map<ChannelId, Other> others, String against, long atNs) {
    int same = 0;
    List<Difference> differences = new ArrayList<>();
    for (Snapshot.Entry entry : snapshot.entries()) {
      Optional<Difference> difference =
          difference(entry, Optional.ofNullable(others.get(entry.channel())));
      if (difference.isEmpty()) {
        same++;
      } else {
        differences.add(difference.get());
      }
    }
    for (ChannelId channel : snapshot.missing()) {
      Optional<Other> other = Optional.ofNullable(others.get(channel));
      differences.add(
          new Difference(
              channel,
              Kind.MISSING,
              Optional.empty(),
              other.flatMap(Other::value),
              other.map(Other::unit).orElse(""),
              0,
              "it had never been read when the snapshot was saved"));
    }
    return new Comparison(snapshot.id(), against, atNs, same, differences);
  }

  private static Optional<Difference> difference(Snapshot.Entry entry, Optional<Other> found) {
    if (found.isEmpty()) {
      return Optional.of(differs(entry, Kind.MISSING, found, "the other side does not have it"));
    }
    Other other = found.get();
    if (entry.quality() != Quality.GOOD) {
      return Optional.of(
          differs(entry, Kind.BAD, found, "it was " + entry.quality() + " when it was saved"));
    }
    Kind unusable =
        switch (other.quality()) {
          case GOOD -> Kind.VALUE;
          case STALE -> Kind.STALE;
          case BAD -> Kind.BAD;
          case DISCONNECTED -> Kind.NOT_CONNECTED;
        };
    if (unusable != Kind.VALUE) {
      return Optional.of(differs(entry, unusable, found, other.detail()));
    }
    if (other.value().isEmpty()) {
      return Optional.of(differs(entry, Kind.MISSING, found, other.detail()));
    }
    if (!entry.unit().equals(other.unit())) {
      return Optional.of(
          differs(
              entry,
              Kind.UNIT,
              found,
              "saved in '" + entry.unit() + "', the other side in '" + other.unit() + "'"));
    }
    if (!entry.value().getClass().equals(other.value().get().getClass())) {
      return Optional.of(differs(entry, Kind.UNIT, found, "the kinds of value differ"));
    }
    return entry.tolerance().covers(entry.value(), other.value().get())
        ? Optional.empty()
        : Optional.of(differs(entry, Kind.VALUE, found, ""));
  }

  private static Difference differs(
      Snapshot.Entry entry, Kind kind, Optional<Other> other, String detail) {
    double saved = entry.value().asDouble().orElse(0);
    return new Difference(
        entry.channel(),
        kind,
        Optional.of(entry.value()),
        other.flatMap(Other::value),
        entry.unit(),
        Double.isNaN(saved) ? 0 : entry.tolerance().around(saved),
        detail);
  }
}
