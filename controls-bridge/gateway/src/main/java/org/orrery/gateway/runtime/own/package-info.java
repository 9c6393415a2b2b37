/**
 * Orrery's own PVs, served to any client of the control system. Nothing here is asked when a
 * decision is taken; what it shows comes from topics.
 */
@NullMarked
package org.orrery.gateway.runtime.own;

import org.jspecify.annotations.NullMarked;
