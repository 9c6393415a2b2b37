package org.orrery.store;

/** Told when the database comes and goes; called on the store's own thread, must return quickly. */
@FunctionalInterface
public interface StoreListener {

  /**
   * The database became reachable or unreachable.
   *
   * @param up whether it can be reached now
   * @param detail why not; empty when it can
   */
  void onAvailability(boolean up, String detail);
}
