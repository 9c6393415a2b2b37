/**
 * What both sides of the EPICS bridge share: the description of a process variable, its limits and
 * its updates.
 *
 * <p>The ports are in {@link org.orrery.epics.client} and {@link org.orrery.epics.server}; the
 * adapter to the EPICS library is in {@code org.orrery.epics.pvaccess}, and nothing outside this
 * room names it. No type of an EPICS library may enter this package or the ports.
 */
@NullMarked
package org.orrery.epics;

import org.jspecify.annotations.NullMarked;
