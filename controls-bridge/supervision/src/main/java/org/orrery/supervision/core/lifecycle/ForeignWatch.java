package org.orrery.supervision.core.lifecycle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.command.Command;
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
import org.orrery.contract.proposal.Step;
import org.orrery.contract.proposal.StepRecord;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.value.Closeness;
import org.orrery.contract.value.Value;
import org.orrery.supervision.core.Readings;

/**
 * Watches the set points of every plan that is being carried out: a channel that it wrote must go
 * on showing what was written, one that it has yet to write what it showed when the plan began.
 * While a command on a channel is under way, both are right and nothing is said about it; channels
 * that return to idle by themselves are not watched. Says a change once. Not thread-safe.
 */
public final class ForeignWatch {
  /**
   * How long a confirmed value may take to come as a sample, wall ns: the gate's word comes by
   * another path.
   */
  private static final long SHOWING_NS = 5_000_000_000L;

  private static final String REMOTE = "REMOTE";

  /** A change that the plan did not make. */
  public record Foreign(ProposalId proposal, Event.ForeignChange event) {}

  /**
   * What one channel must show.
   *
   * @param written the channel that the plan writes; another than the watched one where that shows
   *     what was written
   * @param by the plan's command that brought it there; absent before the first
   * @param value what it must show; absent until the first reading of a channel not yet written
   * @param fromPlantNs only readings taken later count, plant ns
   * @param fromWallNs since when it is expected, wall ns
   * @param shown whether it has shown it
   */
  private record Expected(
      ChannelId written,
      Optional<CommandId> by,
      Optional<Value> value,
      long fromPlantNs,
      long fromWallNs,
      boolean shown) {}

  private final Facility facility;
  private final Map<ProposalId, Map<ChannelId, Expected>> watched = new LinkedHashMap<>();
  private final Map<ChannelId, Command> written = new HashMap<>();

  /** Watches nothing yet. */
  public ForeignWatch(Facility facility) {
    this.facility = facility;
  }

  /** A proposal stands as it now does. */
  public void onProposal(Proposal proposal, long wallNs) {
    if (!(proposal.state() instanceof ProposalState.Executing)) {
      watched.remove(proposal.id());
      return;
    }
    Map<ChannelId, Expected> before = watched.getOrDefault(proposal.id(), Map.of());
    Map<ChannelId, Expected> now = new LinkedHashMap<>();
    Map<ChannelId, StepRecord> records = Moves.lastByChannel(proposal);
    for (Step step : proposal.plan().steps()) {
      Optional<StepRecord> last = Optional.ofNullable(records.get(step.channel()));
      expect(proposal, step.channel(), last, before, now, wallNs);
    }
    watched.put(proposal.id(), now);
  }

  private void expect(
      Proposal proposal,
      ChannelId channel,
      Optional<StepRecord> last,
      Map<ChannelId, Expected> before,
      Map<ChannelId, Expected> now,
      long wallNs) {
    Optional<Writable> writable = facility.channel(channel).flatMap(Channel::writable);
    if (writable.isEmpty() || writable.get().momentary()) {
      return;
    }
    if (last.isEmpty()) {
      Expected old = before.get(channel);
      now.put(
          channel,
          old != null
              ? old
              : new Expected(channel, Optional.empty(), Optional.empty(), 0, wallNs, false));
    } else if (last.get().lastOutcome().orElse(null) instanceof CommandOutcome.Confirmed done) {
      Value value = proposal.plan().steps().get(last.get().step()).value();
      List<ChannelId> showing = new ArrayList<>(List.of(channel));
      writable.get().readback().ifPresent(showing::add);
      for (ChannelId each : showing) {
        Expected old = before.get(each);
        boolean same = old != null && old.by().equals(Optional.of(done.command()));
        now.put(
            each,
            same
                ? Objects.requireNonNull(old)
                : new Expected(
                    channel,
                    Optional.of(done.command()),
                    Optional.of(value),
                    done.atNs(),
                    wallNs,
                    false));
      }
    }
  }

  /** The gate said something about a command of whomever. */
  public void onRecord(GateRecord record) {
    boolean mayBeThere =
        record.outcome().isEmpty()
            || record.outcome().get() instanceof CommandOutcome.Confirmed
            || record.outcome().get() instanceof CommandOutcome.Unknown;
    if (mayBeThere) {
      written.put(record.command().channel(), record.command());
    }
  }

  /**
   * A reading came.
   *
   * @param shows what another channel shows now, for saying who may have done it
   */
  public List<Foreign> onSample(
      Sample sample, Function<ChannelId, Optional<Value>> shows, long wallNs) {
    if (watched.isEmpty() || sample.quality() != Quality.GOOD) {
      return List.of();
    }
    List<Foreign> changes = new ArrayList<>();
    watched.forEach(
        (proposal, channels) -> {
          @Nullable Expected expected = channels.get(sample.channel());
          if (expected != null && Readings.takenNs(sample) > expected.fromPlantNs()) {
            look(proposal, channels, expected, sample, shows, wallNs).ifPresent(changes::add);
          }
        });
    return changes;
  }

  private Optional<Foreign> look(
      ProposalId proposal,
      Map<ChannelId, Expected> channels,
      Expected expected,
      Sample sample,
      Function<ChannelId, Optional<Value>> shows,
      long wallNs) {
    double tolerance = tolerance(expected.written());
    Value value = expected.value().orElse(sample.value());
    if (Closeness.same(value, sample.value(), tolerance)) {
      channels.put(
          sample.channel(),
          new Expected(
              expected.written(),
              expected.by(),
              Optional.of(value),
              expected.fromPlantNs(),
              expected.fromWallNs(),
              true));
      return Optional.empty();
    }
    if (!expected.shown() && wallNs - expected.fromWallNs() < SHOWING_NS) {
      return Optional.empty();
    }
    channels.remove(sample.channel());
    String why =
        sample.channel()
            + " changed under the plan's hands: it shows "
            + sample.value().display()
            + ", but "
            + expected
                .by()
                .map(command -> "command " + command + " wrote " + value.display())
                .orElse("it showed " + value.display() + " when the plan began")
            + "; "
            + who(proposal, expected.written(), sample.value(), tolerance, shows)
            + ". Ask them, then take the steps back or end the plan";
    return Optional.of(
        new Foreign(proposal, new Event.ForeignChange(expected.written(), expected.by(), why)));
  }

  private String who(
      ProposalId own,
      ChannelId channel,
      Value seen,
      double tolerance,
      Function<ChannelId, Optional<Value>> shows) {
    Command last = written.get(channel);
    if (last != null
        && !last.proposal().equals(own)
        && Closeness.same(last.value(), seen, tolerance)) {
      return "command "
          + last.id()
          + " of proposal "
          + last.proposal()
          + " wrote that, asked for by "
          + last.askedBy()
          + " and approved by "
          + String.join(", ", last.approvedBy());
    }
    Optional<ChannelId> local =
        facility.channel(channel).flatMap(Channel::writable).flatMap(Writable::localSwitch);
    Optional<String> position = local.flatMap(shows).map(Value::display);
    if (local.isPresent() && position.isPresent() && !position.get().equals(REMOTE)) {
      return local.get() + " shows " + position.get() + ", so somebody works at the device";
    }
    return "Orrery did not write that: somebody at another client did, or the device by itself";
  }

  private double tolerance(ChannelId channel) {
    return facility
        .channel(channel)
        .flatMap(Channel::writable)
        .map(Writable::readbackTolerance)
        .orElse(0.0);
  }
}
