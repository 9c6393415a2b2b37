package org.orrery.epics.pvaccess;

import org.epics.pvaccess.client.Channel;

/**
 * Hears of the connection of a shared channel. Called on the library's threads, which hold the
 * channel's lock.
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
  void connected(Channel channel, int epoch);

  /** This connection has ended. */
  void disconnected(int epoch);
}
