package org.orrery.contract.snapshot;

import java.util.List;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.value.Value;

/**
 * What a restore would do, without doing or proposing it.
 *
 * @param snapshot which snapshot
 * @param writes in the order in which they would be made
 * @param same how many channels are as they were
 * @param leftOut channels that a restore never writes, and why
 * @param refusals every reason against it; a proposal is made only where there is none
 * @param risk how many people it would need at least; the rehearsal may raise it
 */
public record RestoreListing(
    SnapshotId snapshot,
    List<Write> writes,
    int same,
    List<About> leftOut,
    List<About> refusals,
    RiskClass risk) {
  public RestoreListing {
    writes = List.copyOf(writes);
    leftOut = List.copyOf(leftOut);
    refusals = List.copyOf(refusals);
  }

  /**
   * One write.
   *
   * @param channel which channel
   * @param stage the stage's name
   * @param now what it shows now, and what the undo would write
   * @param saved what would be written
   * @param unit UCUM code
   */
  public record Write(ChannelId channel, String stage, Value now, Value saved, String unit) {}

  /**
   * What is to be said about a channel.
   *
   * @param channel its id as it was asked
   * @param why names the rule and, for a refusal, the remedy
   */
  public record About(String channel, String why) {}
}
