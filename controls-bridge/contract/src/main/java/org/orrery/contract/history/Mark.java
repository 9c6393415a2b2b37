package org.orrery.contract.history;

/** What is peculiar about the time of a stored sample; the sample is kept all the same. */
public enum Mark {
  /** Its source time lies before one that came earlier on the same channel. */
  LATE,
  /** Its source time lies more than half an hour after its receipt: the source's clock is wrong. */
  AHEAD,
  /** It was brought in later from elsewhere; nobody at this facility's gateway received it. */
  BACKFILLED
}
