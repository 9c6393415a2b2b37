package org.orrery.contract.operations;

import java.util.OptionalLong;

/**
 * A data-taking run.
 *
 * @param number run number as the DAQ counts it
 * @param type for example {@code physics}
 * @param startNs start, plant ns
 * @param stopNs stop, plant ns, once stopped
 */
public record Run(long number, String type, long startNs, OptionalLong stopNs) {}
