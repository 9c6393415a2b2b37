package org.orrery.bus;

/** The request or reply that says nothing. */
public enum Nothing {
  NOTHING
}
