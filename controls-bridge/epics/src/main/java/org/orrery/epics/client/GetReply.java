package org.orrery.epics.client;

import org.orrery.epics.PvMetadata;
import org.orrery.epics.PvUpdate;

/** What became of a get. */
public sealed interface GetReply {
  /** The PV's state at the server. */
  record Got(PvMetadata metadata, PvUpdate update) implements GetReply {}

  /** No state, with the reason. */
  record Failed(String why) implements GetReply {}
}
