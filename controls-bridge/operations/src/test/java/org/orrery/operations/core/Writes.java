package org.orrery.operations.core;

import java.util.List;
import org.orrery.contract.Bytes;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.value.Value;

/** Commands of which nothing matters but what they write. */
public final class Writes {
  private Writes() {}

  /** A command that writes a number to a channel. */
  public static Command to(String id, String channel, double value) {
    return new Command(
        new CommandId(id),
        new ProposalId("p-1"),
        Bytes.of(new byte[] {1, 2, 3}),
        0,
        new ChannelId(channel),
        Value.of(value),
        "kg/s",
        List.of(),
        1,
        2,
        1,
        "orrery",
        List.of("otto"));
  }
}
