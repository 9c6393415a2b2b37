package org.orrery.epics.client;

import org.orrery.epics.PvMetadata;
import org.orrery.epics.PvUpdate;

/**
 * Hears of one PV. Called on the library's threads, one call at a time for one subscription, in
 * order: connected, a snapshot, updates, disconnected, connected again, a snapshot; between a
 * snapshot and a disconnection the PV may describe itself anew. It must return quickly.
 */
public interface PvListener {
  /**
   * The PV is connected; its first state follows at once. Called again after every reconnection.
   */
  void onConnected(PvMetadata metadata);

  /** The PV is gone. The client searches on by itself. */
  void onDisconnected();

  /** The PV's state. */
  void onUpdate(PvUpdate update);

  /**
   * The PV describes itself otherwise than it did: its unit, a limit or a label was changed while
   * it was connected. The updates that follow are meant so. Over Channel Access an update that was
   * on its way may still come after it.
   */
  default void onMetadataChanged(PvMetadata metadata) {}

  /**
   * The server is there but does not give what a subscription needs; it is tried again on the next
   * connection.
   */
  default void onRefused(String reason) {}
}
