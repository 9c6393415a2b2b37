package org.orrery.simulator;

/**
 * Ground truth about a fault that is going on. Immutable.
 *
 * @param spec what was started
 * @param onsetNs plant time of the onset, nanoseconds since the epoch
 * @param cause the root cause in plain words
 */
public record ActiveFault(FaultSpec spec, long onsetNs, String cause) {}
