package org.orrery.epics.server;

import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;

/**
 * The state of a served PV. Immutable.
 *
 * @param value in the PV's unit
 * @param severity alarm severity
 * @param status alarm status class, see {@link org.orrery.epics.PvUpdate}
 * @param message alarm message; empty for none
 * @param timeNs source time, ns since the epoch
 */
public record PvState(Value value, Severity severity, int status, String message, long timeNs) {
  /** A state without alarm. */
  public static PvState normal(Value value, long timeNs) {
    return new PvState(value, Severity.NONE, 0, "", timeNs);
  }
}
