package org.orrery.epics.corepva;

import org.epics.pva.client.PVAChannel;

/**
 * Hears of the connection of a shared channel, on the library's threads.
 *
 * <p>A user that joins while the connection changes may hear of one connection twice, and of its
 * end before its start: the epoch tells.
 */
interface ChannelUser {
  /**
   * The channel is connected.
   *
   * @param epoch counts the channel's connections, from 1
   */
  void connected(PVAChannel channel, int epoch);

  /** This connection has ended. */
  void disconnected(int epoch);
}
