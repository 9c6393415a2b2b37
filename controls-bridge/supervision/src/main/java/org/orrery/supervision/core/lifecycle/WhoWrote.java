package org.orrery.supervision.core.lifecycle;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.GateRecord;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Writable;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.value.Closeness;
import org.orrery.contract.value.Value;

/**
 * Who may have brought a channel where it is: another command of Orrery's, or somebody at the
 * device. The control system does not tell who else wrote. Not thread-safe.
 */
final class WhoWrote {
  private static final String REMOTE = "REMOTE";

  private final Facility facility;
  private final Map<ChannelId, Command> last = new HashMap<>();

  /** The newest command on a channel of which nobody knew whether it would arrive. */
  private final Map<ChannelId, Command> doubtful = new HashMap<>();

  WhoWrote(Facility facility) {
    this.facility = facility;
  }

  /** The gate said something about a command of whomever. */
  void onRecord(GateRecord record) {
    boolean mayBeThere =
        record.outcome().isEmpty()
            || record.outcome().get() instanceof CommandOutcome.Confirmed
            || record.outcome().get() instanceof CommandOutcome.Unknown;
    if (mayBeThere) {
      last.put(record.command().channel(), record.command());
    }
    Command command = record.command();
    switch (record.outcome().orElse(null)) {
      case CommandOutcome.Unknown _ -> doubtful.put(command.channel(), command);
      case CommandOutcome.Confirmed _ ->
          doubtful.values().removeIf(old -> old.id().equals(command.id()));
      case CommandOutcome.Refused _ -> {}
      case null -> {}
    }
  }

  /**
   * One clause for people.
   *
   * @param own the proposal that did not write it
   * @param latest the newest reading of a channel
   */
  String wrote(
      ProposalId own,
      ChannelId channel,
      Value seen,
      double tolerance,
      Function<ChannelId, Optional<Sample>> latest) {
    Command other = last.get(channel);
    if (other != null
        && !other.proposal().equals(own)
        && Closeness.same(other.value(), seen, tolerance)) {
      return "command "
          + other.id()
          + " of proposal "
          + other.proposal()
          + " wrote that, asked for by "
          + other.askedBy()
          + " and approved by "
          + String.join(", ", other.approvedBy());
    }
    Command late = doubtful.get(channel);
    if (late != null && Closeness.same(late.value(), seen, tolerance)) {
      return "command "
          + late.id()
          + " wrote that and was not answered: it may have arrived late, or somebody wrote the"
          + " same";
    }
    Optional<ChannelId> local =
        facility.channel(channel).flatMap(Channel::writable).flatMap(Writable::localSwitch);
    Optional<String> position = local.flatMap(latest).map(Sample::value).map(Value::display);
    if (local.isPresent() && position.isPresent() && !position.get().equals(REMOTE)) {
      return local.get() + " shows " + position.get() + ", so somebody works at the device";
    }
    return "Orrery did not write that: somebody at another client did, or the device by itself";
  }
}
