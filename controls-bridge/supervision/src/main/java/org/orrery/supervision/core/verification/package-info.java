/**
 * Comparing reality with what was approved: the limits of a step from its rehearsal, and the joint
 * test of them. Nothing here may decide what follows from a miss; that stands in the life cycle.
 */
@NullMarked
package org.orrery.supervision.core.verification;

import org.jspecify.annotations.NullMarked;
