package org.orrery.contract.twin;

/** How far the twin believes its own model: on screen "twin agrees / doubts / lost". */
public enum Agreement {
  /** Innovations are as large as the twin expects them to be. */
  AGREES,
  /** Innovations are larger than expected; what rests on the twin says so. */
  DOUBTS,
  /** The twin does not describe the detector now; nothing may rest on it. */
  LOST
}
