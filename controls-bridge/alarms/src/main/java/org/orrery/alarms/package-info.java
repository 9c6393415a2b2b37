/**
 * The ISA-18.2 alarm engine and its figures. {@code AlarmsModule} and {@code AlarmsConfig} are the
 * only types here that other rooms may name.
 */
@NullMarked
package org.orrery.alarms;

import org.jspecify.annotations.NullMarked;
