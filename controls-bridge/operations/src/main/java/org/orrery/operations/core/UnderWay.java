package org.orrery.operations.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.GateRecord;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.operations.TagOut;

/** Writes that the gate has begun and not ended. Pure and stateless. */
public final class UnderWay {
  private UnderWay() {}

  /**
   * Those to a device that is tagged out, each in words.
   *
   * @param log the gate's records, the oldest first
   */
  public static List<String> on(TagOut tag, List<GateRecord> log, Facility facility) {
    Map<CommandId, Command> open = new LinkedHashMap<>();
    for (GateRecord record : log) {
      Command command = record.command();
      if (record.outcome().isEmpty()) {
        open.put(command.id(), command);
      } else if (!turnedAway(record.outcome().get())) {
        open.remove(command.id());
      }
    }
    return open.values().stream()
        .filter(
            command ->
                facility
                    .channel(command.channel())
                    .filter(channel -> tag.bars(channel.device(), facility))
                    .isPresent())
        .map(command -> command.channel() + " to " + command.value().display())
        .toList();
  }

  /** Whoever sends a command again, or forges one, does not end the one that has this id. */
  private static boolean turnedAway(CommandOutcome outcome) {
    return outcome instanceof CommandOutcome.Refused refused
        && (refused.reason() == Reason.DUPLICATE || refused.reason() == Reason.BAD_SIGNATURE);
  }
}
