/**
 * The digital twin: stays in step with the detector, says how far it believes itself, forecasts,
 * rehearses and diagnoses.
 *
 * <p>Other rooms name {@link org.orrery.twin.TwinModule} and {@link org.orrery.twin.TwinConfig}
 * only. What may not enter: anything of the simulator; a twin that shares its equations proves
 * nothing.
 */
@NullMarked
package org.orrery.twin;

import org.jspecify.annotations.NullMarked;
