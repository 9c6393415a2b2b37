/**
 * Serves the simulator as PVs on loopback, and takes puts as a real device would. It knows the
 * server side of EPICS only, and takes no decision about physics.
 */
@NullMarked
package org.orrery.softioc;

import org.jspecify.annotations.NullMarked;
