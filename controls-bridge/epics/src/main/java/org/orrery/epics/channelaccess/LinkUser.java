package org.orrery.epics.channelaccess;

/** A subscription, get or put on a PV. Called on the client's event thread. */
interface LinkUser {
  /** The PV is connected; may be called again for the same link. */
  void connected(CaLink link);

  /** That link is gone. */
  void disconnected(CaLink link);
}
