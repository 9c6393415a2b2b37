/**
 * Seeded whole-system runs and stories on the assembled system, in a real browser. No room may know
 * this one.
 */
@NullMarked
package org.orrery.scenarios;

import org.jspecify.annotations.NullMarked;
