/**
 * What Orrery's own PVs say: names, sums and the worst of many. Pure; serving them is the
 * runtime's.
 */
@NullMarked
package org.orrery.gateway.core.own;

import org.jspecify.annotations.NullMarked;
