/**
 * The digital twin: a batched model kept in step with live samples, that forecasts, rehearses and
 * diagnoses. It shares no equation with the simulator. {@code TwinModule} and {@code TwinConfig}
 * are the only types here that other rooms may name.
 */
@NullMarked
package org.orrery.twin;

import org.jspecify.annotations.NullMarked;
