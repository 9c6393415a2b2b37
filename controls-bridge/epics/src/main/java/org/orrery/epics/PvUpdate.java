package org.orrery.epics;

import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;

/**
 * One update of a PV: always the full state, never a delta. Immutable.
 *
 * @param value the value, in the PV's own unit
 * @param severity alarm severity
 * @param status alarm status class of the source: 0 none, 1 device, 2 driver, 3 record, 4 database,
 *     5 configuration, 6 undefined, 7 client
 * @param message alarm message of the source; empty for none
 * @param timeNs source time, ns since the epoch
 * @param snapshot whether it is the full state that the server sends first after a connection, not
 *     a change
 * @param lostBefore updates known to be lost between the previous update and this one; the protocol
 *     marks that something was merged, not how much, so 1 means at least one
 */
public record PvUpdate(
    Value value,
    Severity severity,
    int status,
    String message,
    long timeNs,
    boolean snapshot,
    long lostBefore) {}
