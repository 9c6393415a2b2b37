/**
 * What the adapters to the EPICS libraries share: the queue of a subscriber that must not lose an
 * alarm edge, the state of a served PV with its decisions about puts, the operations that are not
 * answered yet, the turns of a listener, and the counters.
 *
 * <p>Nothing outside this room names it, and no type of an EPICS library may enter.
 */
@NullMarked
package org.orrery.epics.adapter;

import org.jspecify.annotations.NullMarked;
