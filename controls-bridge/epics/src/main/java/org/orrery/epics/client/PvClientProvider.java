package org.orrery.epics.client;

import org.orrery.epics.EpicsException;

/**
 * A client that comes in a module of its own, found by {@link java.util.ServiceLoader}. Stateless.
 */
public interface PvClientProvider {
  /** What a site calls it, for example {@code core-pva}. */
  String name();

  /**
   * Opens a client.
   *
   * @throws EpicsException when it cannot start, or not with these settings
   */
  PvClient open(PvClientSettings settings);
}
