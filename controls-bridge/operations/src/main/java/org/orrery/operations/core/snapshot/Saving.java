package org.orrery.operations.core.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.orrery.contract.Person.Role;
import org.orrery.contract.Reply;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.snapshot.Snapshot;
import org.orrery.contract.snapshot.SnapshotId;
import org.orrery.contract.snapshot.SnapshotRequest;
import org.orrery.contract.snapshot.SnapshotSet;

/**
 * Makes a snapshot of what was taken at one instant. A save of which a part is missing or cannot be
 * relied on is declined with the names of all such channels, unless the person knows and says so.
 * Stateless.
 */
public final class Saving {
  private static final int MOST_TEXT = 2_000;

  private Saving() {}

  /**
   * The snapshot, or why there is none.
   *
   * @param wallNs wall ns
   */
  public static Reply<Snapshot> save(
      SnapshotRequest.Save wish,
      SnapshotSet set,
      Facility facility,
      Taken taken,
      SnapshotId fresh,
      long wallNs) {
    if (!wish.person().has(Role.SHIFTER) && !wish.person().has(Role.EXPERT)) {
      return new Reply.Declined<>(
          wish.person().name() + " does not have the role SHIFTER or EXPERT, who save snapshots");
    }
    if (wish.name().isBlank() || !plain(wish.name(), 200) || !plain(wish.comment(), MOST_TEXT)) {
      return new Reply.Declined<>(
          "a snapshot needs a name of at most 200 plain characters and a comment of at most "
              + MOST_TEXT);
    }
    Places places = Places.of(set, facility);
    List<Snapshot.Entry> entries = new ArrayList<>(places.places().size());
    List<ChannelId> missing = new ArrayList<>();
    List<String> doubtful = new ArrayList<>();
    for (Places.Place place : places.places()) {
      ChannelId id = place.channel().id();
      Optional<Sample> sample = taken.sample(id);
      if (sample.isEmpty()) {
        missing.add(id);
        doubtful.add(id + " (never read)");
        continue;
      }
      Snapshot.Entry entry = entry(place, sample.get(), taken);
      entries.add(entry);
      if (entry.quality() != Quality.GOOD) {
        doubtful.add(id + " (" + words(entry.quality()) + ")");
      }
    }
    if (entries.isEmpty()) {
      return new Reply.Declined<>(
          "no channel of the set '" + set.name() + "' has been read; is the gateway up?");
    }
    if (!doubtful.isEmpty() && !wish.incomplete()) {
      return new Reply.Declined<>(
          "the save would be incomplete: of "
              + places.places().size()
              + " channels "
              + doubtful.size()
              + " are missing or cannot be relied on: "
              + String.join(", ", doubtful)
              + "; see to them, or save all the same and the snapshot says which");
    }
    return new Reply.Done<>(
        new Snapshot(
            fresh,
            wish.name().strip(),
            wish.comment(),
            wish.person().name(),
            taken.plantNs(),
            wallNs,
            set.name(),
            set.version(),
            places.stages(),
            entries,
            missing));
  }

  private static boolean plain(String text, int most) {
    return text.length() <= most
        && text.chars().noneMatch(c -> c != '\n' && Character.isISOControl(c));
  }

  private static Snapshot.Entry entry(Places.Place place, Sample sample, Taken taken) {
    return new Snapshot.Entry(
        place.channel().id(),
        place.stage(),
        sample.value(),
        place.channel().unit(),
        sample.severity(),
        taken.quality(place.channel(), sample),
        sample.sourceTimeNs(),
        place.channel().writable().flatMap(Writable::readback).flatMap(taken::value),
        place.tolerance());
  }

  private static String words(Quality quality) {
    return switch (quality) {
      case GOOD -> "good";
      case STALE -> "stale";
      case BAD -> "not to be relied on";
      case DISCONNECTED -> "not connected";
    };
  }
}
