/**
 * Published liquid-argon formulas as pure static functions: one method per formula, its source in
 * its Javadoc, its units in the names. No state, no parameters of this project, no expected values.
 */
@NullMarked
package org.orrery.simulator.lar;

import org.jspecify.annotations.NullMarked;
