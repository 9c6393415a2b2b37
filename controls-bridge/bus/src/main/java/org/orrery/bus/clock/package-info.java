/**
 * Real clocks and identifiers for the running system; the cores are handed the ports of {@code
 * contract.time} and never see these.
 */
@NullMarked
package org.orrery.bus.clock;

import org.jspecify.annotations.NullMarked;
