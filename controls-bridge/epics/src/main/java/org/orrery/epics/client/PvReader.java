package org.orrery.epics.client;

/**
 * Reads a control system and has no way to write to it. Thread-safe.
 *
 * @see PvClient
 */
public interface PvReader extends AutoCloseable {
  /**
   * Subscribes to a PV, as {@link PvClient#subscribe}.
   *
   * @throws IllegalStateException once closed
   */
  PvSubscription subscribe(String address, PvListener listener);

  /** Ends all subscriptions and threads. */
  @Override
  void close();
}
