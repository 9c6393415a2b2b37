package org.orrery.supervision.core.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.operations.DeviceLock;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.operations.TagOut;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.snapshot.Snapshot;
import org.orrery.contract.value.Closeness;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.supervision.core.Readings;
import org.orrery.supervision.core.playbook.Ramps;

/** What speaks against one write of a restore, each as a clause for people. Stateless. */
final class Objections {
  private static final String NO_SETTING = "only numbers and choices are restored; leave it out";

  private Objections() {}

  /** What speaks against what was saved, whatever the channel shows now. */
  static List<String> toEntry(
      Snapshot.Entry entry,
      Channel channel,
      Writable writable,
      Facility facility,
      String person,
      Optional<OperationsState> operations) {
    List<String> objections = new ArrayList<>();
    if (entry.quality() != Quality.GOOD) {
      objections.add("its saved value was " + entry.quality() + " then; leave it out");
    }
    if (!entry.unit().equals(channel.unit())) {
      objections.add(
          "it was saved in '"
              + entry.unit()
              + "' and is in '"
              + channel.unit()
              + "' now; nothing is converted on a write, save anew");
    }
    if (ValueKind.of(entry.value()) != channel.kind()) {
      objections.add(
          "it was saved as "
              + ValueKind.of(entry.value())
              + " and takes "
              + channel.kind()
              + " now; save anew");
    }
    range(entry, channel, writable).ifPresent(objections::add);
    operations.ifPresent(state -> reservations(channel, facility, person, state, objections));
    return objections;
  }

  private static void reservations(
      Channel channel,
      Facility facility,
      String person,
      OperationsState state,
      List<String> objections) {
    for (TagOut tag : state.tagOuts()) {
      if (tag.bars(channel.device(), facility)) {
        objections.add(
            tag.device()
                + " is tagged out by "
                + tag.owner()
                + " ("
                + tag.reason()
                + "); only "
                + tag.owner()
                + " lifts it");
      }
    }
    for (DeviceLock lock : state.locks()) {
      if (!lock.owner().equals(person) && covers(facility, lock.device(), channel.device())) {
        objections.add(
            lock.device()
                + " is reserved by "
                + lock.owner()
                + " ("
                + lock.reason()
                + "); ask them to give it back, or to ask for this restore themselves");
      }
    }
    Optional<Set<String>> armed = facility.armedIn(channel);
    if (armed.isPresent() && !armed.get().contains(state.mode())) {
      objections.add(
          "it is armed in "
              + String.join(", ", new TreeSet<>(armed.get()))
              + " only, and the detector is in "
              + state.mode()
              + "; change the mode first");
    }
  }

  private static boolean covers(Facility facility, String named, String device) {
    return named.equals(device)
        || facility.groupsOf(device).stream().anyMatch(group -> group.name().equals(named));
  }

  private static Optional<String> range(Snapshot.Entry entry, Channel channel, Writable writable) {
    return switch (entry.value()) {
      case Value.DoubleValue saved -> range(saved, writable);
      case Value.LongValue saved -> range(saved, writable);
      case Value.ChoiceValue(int index, String label) ->
          channel.choices().indexOf(label) == index
              ? Optional.empty()
              : Optional.of("it has no choice " + index + " '" + label + "' any more; save anew");
      case Value.TextValue text -> Optional.of(NO_SETTING);
      case DoubleArrayValue array -> Optional.of(NO_SETTING);
      case HistogramValue histogram -> Optional.of(NO_SETTING);
    };
  }

  private static Optional<String> range(Value saved, Writable writable) {
    return Closeness.within(saved, writable.low(), writable.high())
        ? Optional.empty()
        : Optional.of(
            saved.display()
                + " is outside what may be written, "
                + writable.low()
                + " to "
                + writable.high()
                + "; leave it out");
  }

  /** What speaks against the way from what the channel shows now to what was saved. */
  static List<String> toWrite(
      Snapshot.Entry entry,
      Value now,
      Channel channel,
      Writable writable,
      Ramps ramps,
      Readings readings) {
    List<String> objections = new ArrayList<>();
    boolean number = !(now instanceof Value.ChoiceValue);
    if (number && !writable.towardsSafety(now, entry.value())) {
      ramps.objection(channel, writable, now, entry.value()).ifPresent(objections::add);
    }
    if (writable.localSwitch().isPresent()) {
      ChannelId local = writable.localSwitch().get();
      Optional<String> shows = readings.choice(local, RestoreSteps.WHILE_CONNECTED_NS);
      if (!shows.equals(Optional.of(RestoreSteps.REMOTE))) {
        objections.add(
            local
                + " shows "
                + shows.orElse("nothing that can be relied on")
                + "; somebody works at "
                + channel.device()
                + ", ask them to hand it back to "
                + RestoreSteps.REMOTE);
      }
    }
    return objections;
  }
}
