package org.orrery.operations;

import org.orrery.contract.facility.ChannelId;

/**
 * Where the DAQ tells about runs and modes.
 *
 * @param runNumber the number of the current or last run
 * @param runState a choice with {@code RUNNING} while a run is on
 * @param mode a choice with the detector mode
 */
public record OperationsConfig(ChannelId runNumber, ChannelId runState, ChannelId mode) {
  /** The channels of the reference detector. */
  public static final OperationsConfig DEFAULT =
      new OperationsConfig(
          new ChannelId("daq.run.number"),
          new ChannelId("daq.run.state"),
          new ChannelId("daq.mode"));
}
