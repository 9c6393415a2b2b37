/**
 * Chooses the backend that runs the model.
 *
 * <p>What may not enter: physics.
 */
@NullMarked
package org.orrery.twin.backend;

import org.jspecify.annotations.NullMarked;
