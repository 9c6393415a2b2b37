package org.orrery.supervision.core.lifecycle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.GateRecord;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.StepRecord;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.value.Closeness;
import org.orrery.contract.value.Value;
import org.orrery.supervision.core.Readings;

/**
 * Watches the set points of every plan that was begun and has not ended: a channel that it wrote
 * must go on showing what was written, and one that it has yet to write what it showed when the
 * plan was begun, which is on record. While it is held or taken back nothing is yet to be written,
 * so only what it wrote is watched; and while it is taken back the set points only, because what
 * shows one may move with another.
 *
 * <p>While a command on a channel is under way, both values are right and nothing is said about it;
 * channels that return to idle by themselves are not watched. A confirmed value has a moment to
 * show; what was seen meanwhile is judged when that is over. Says a change once. Not thread-safe.
 */
public final class ForeignWatch {
  /**
   * How long a confirmed value may take to come as a sample, wall ns: the gate's word comes by
   * another path.
   */
  private static final long SHOWING_NS = 5_000_000_000L;

  /** A change that the plan did not make. */
  public record Foreign(ProposalId proposal, Event.ForeignChange event) {}

  private enum Standing {
    /** What it shows first is taken for right: the plan was begun before such was on record. */
    LEARNING,
    /** It has yet to show what it must. */
    AWAITED,
    /** It has shown it. */
    SHOWN,
    /** It shows something else, and that was said. */
    TOLD
  }

  /**
   * What one channel must show.
   *
   * @param written the channel that the plan writes; another than the watched one where that shows
   *     what was written
   * @param by the plan's command that brought it there; absent before the first
   * @param value what it must show; absent where that is not known
   * @param fromPlantNs only readings taken later count, plant ns
   * @param graceUntilNs until when it may show something else, unless it has shown it, wall ns
   */
  private record Expected(
      ChannelId written,
      Optional<CommandId> by,
      Optional<Value> value,
      long fromPlantNs,
      long graceUntilNs,
      Standing standing) {
    private Expected now(Standing next) {
      return new Expected(written, by, value, fromPlantNs, graceUntilNs, next);
    }
  }

  private final Facility facility;
  private final Map<ProposalId, Map<ChannelId, Expected>> watched = new LinkedHashMap<>();
  private final WhoWrote who;

  /** Watches nothing yet. */
  public ForeignWatch(Facility facility) {
    this.facility = facility;
    this.who = new WhoWrote(facility);
  }

  /** A proposal stands as it now does. */
  public void onProposal(Proposal proposal, long wallNs) {
    boolean underWay =
        switch (proposal.state()) {
          case ProposalState.Executing _, ProposalState.Held _, ProposalState.RollingBack _ -> true;
          case ProposalState.Draft _,
              ProposalState.Rehearsed _,
              ProposalState.AwaitingApproval _,
              ProposalState.Approved _,
              ProposalState.Verified _,
              ProposalState.RolledBack _,
              ProposalState.RollbackFailed _,
              ProposalState.Rejected _,
              ProposalState.Expired _,
              ProposalState.Aborted _,
              ProposalState.Failed _ ->
              false;
        };
    if (underWay) {
      watched.put(
          proposal.id(), expected(proposal, watched.getOrDefault(proposal.id(), Map.of()), wallNs));
    } else {
      watched.remove(proposal.id());
    }
  }

  private Map<ChannelId, Expected> expected(
      Proposal proposal, Map<ChannelId, Expected> before, long wallNs) {
    Map<ChannelId, Expected> now = new LinkedHashMap<>();
    Map<ChannelId, StepRecord> records = Moves.lastByChannel(proposal);
    Map<ChannelId, Value> baseline = new HashMap<>();
    proposal
        .baseline()
        .ifPresent(b -> b.shown().forEach(s -> baseline.put(s.channel(), s.value())));
    Set<ChannelId> channels = new LinkedHashSet<>();
    proposal.plan().steps().forEach(step -> channels.add(step.channel()));
    for (ChannelId channel : channels) {
      Optional<Writable> writable =
          facility.channel(channel).flatMap(Channel::writable).filter(w -> !w.momentary());
      @Nullable StepRecord last = records.get(channel);
      if (writable.isEmpty()) {
        continue;
      }
      if (last != null && last.lastOutcome().orElse(null) instanceof CommandOutcome.Confirmed by) {
        Optional<Value> value = Optional.of(Moves.written(proposal, last));
        for (ChannelId shows : showing(proposal.state(), channel, writable.get())) {
          Expected fresh =
              new Expected(
                  channel,
                  Optional.of(by.command()),
                  value,
                  by.atNs(),
                  wallNs + SHOWING_NS,
                  Standing.AWAITED);
          now.put(shows, kept(before.get(shows), fresh));
        }
      } else if (last == null && proposal.state() instanceof ProposalState.Executing) {
        Standing standing = proposal.baseline().isPresent() ? Standing.AWAITED : Standing.LEARNING;
        Optional<Value> value = Optional.ofNullable(baseline.get(channel));
        Expected fresh = new Expected(channel, Optional.empty(), value, 0, wallNs, standing);
        now.put(channel, kept(before.get(channel), fresh));
      }
    }
    return now;
  }

  private static List<ChannelId> showing(
      ProposalState state, ChannelId channel, Writable writable) {
    List<ChannelId> showing = new ArrayList<>(List.of(channel));
    if (!(state instanceof ProposalState.RollingBack)) {
      writable.readback().ifPresent(showing::add);
    }
    return showing;
  }

  /** What is expected already since the same command stays as it stands. */
  private static Expected kept(@Nullable Expected old, Expected fresh) {
    return old != null && old.written().equals(fresh.written()) && old.by().equals(fresh.by())
        ? old
        : fresh;
  }

  /** The gate said something about a command of whomever. */
  public void onRecord(GateRecord record) {
    who.onRecord(record);
  }

  /**
   * A reading came.
   *
   * @param latest the newest reading of another channel, for saying who may have done it
   */
  public List<Foreign> onSample(
      Sample sample, Function<ChannelId, Optional<Sample>> latest, long wallNs) {
    List<Foreign> changes = new ArrayList<>();
    watched.forEach(
        (proposal, channels) -> {
          @Nullable Expected expected = channels.get(sample.channel());
          if (expected != null) {
            look(proposal, channels, expected, sample, latest, wallNs).ifPresent(changes::add);
          }
        });
    return changes;
  }

  /**
   * Time went on: what a channel shows that has yet to show what it must is judged, whenever it
   * came; one that speaks on change only says nothing more. To be called every second or so.
   *
   * @param latest the newest reading of a channel
   */
  public List<Foreign> onTick(Function<ChannelId, Optional<Sample>> latest, long wallNs) {
    List<Foreign> changes = new ArrayList<>();
    watched.forEach(
        (proposal, channels) -> {
          for (Map.Entry<ChannelId, Expected> each : List.copyOf(channels.entrySet())) {
            if (each.getValue().standing() == Standing.AWAITED) {
              latest
                  .apply(each.getKey())
                  .flatMap(s -> look(proposal, channels, each.getValue(), s, latest, wallNs))
                  .ifPresent(changes::add);
            }
          }
        });
    return changes;
  }

  private Optional<Foreign> look(
      ProposalId proposal,
      Map<ChannelId, Expected> channels,
      Expected expected,
      Sample sample,
      Function<ChannelId, Optional<Sample>> latest,
      long wallNs) {
    boolean counts =
        sample.quality() == Quality.GOOD && Readings.takenNs(sample) > expected.fromPlantNs();
    if (!counts || expected.standing() == Standing.TOLD) {
      return Optional.empty();
    }
    if (expected.standing() == Standing.LEARNING) {
      Optional<Value> learnt = Optional.of(sample.value());
      channels.put(
          sample.channel(),
          new Expected(expected.written(), expected.by(), learnt, 0, wallNs, Standing.SHOWN));
      return Optional.empty();
    }
    double tolerance = tolerance(expected.written());
    if (expected.value().filter(v -> Closeness.same(v, sample.value(), tolerance)).isPresent()) {
      channels.put(sample.channel(), expected.now(Standing.SHOWN));
      return Optional.empty();
    }
    if (expected.standing() == Standing.AWAITED && wallNs < expected.graceUntilNs()) {
      return Optional.empty();
    }
    channels.put(sample.channel(), expected.now(Standing.TOLD));
    String why =
        said(expected, sample)
            + "; "
            + who.wrote(proposal, expected.written(), sample.value(), tolerance, latest)
            + ". Ask them, then take the steps back or end the plan";
    return Optional.of(
        new Foreign(proposal, new Event.ForeignChange(expected.written(), expected.by(), why)));
  }

  private static String said(Expected expected, Sample sample) {
    String shows = "it shows " + sample.value().display();
    if (expected.value().isEmpty()) {
      return sample.channel()
          + " could not be read when the plan began, so nobody can tell whether it changed since: "
          + shows;
    }
    String value = expected.value().get().display();
    return sample.channel()
        + " changed under the plan's hands: "
        + shows
        + ", but "
        + expected
            .by()
            .map(command -> "command " + command + " wrote " + value)
            .orElse("it showed " + value + " when the plan began");
  }

  private double tolerance(ChannelId channel) {
    return facility
        .channel(channel)
        .flatMap(Channel::writable)
        .map(Writable::readbackTolerance)
        .orElse(0.0);
  }
}
