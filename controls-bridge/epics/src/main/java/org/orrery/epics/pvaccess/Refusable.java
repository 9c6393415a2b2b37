package org.orrery.epics.pvaccess;

/** A request whose answer cannot be taken. */
@FunctionalInterface
interface Refusable {
  /** Ends it; from any thread. */
  void refuse(String why);
}
