package org.orrery.contract.facility;

import java.util.Optional;

/**
 * How often a device may be written to, whichever of its channels is meant; beside what each
 * channel says of itself.
 *
 * @param device the device that channels refer to
 * @param minIntervalNs shortest time between two writes, wall ns; 0 for none
 * @param budget most writes within a time, where there is one
 */
public record DeviceLimits(String device, long minIntervalNs, Optional<WriteBudget> budget) {}
