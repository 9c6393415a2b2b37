/**
 * Measures the twin's backends; reached through {@link org.orrery.twin.TwinModule#benchmark}.
 *
 * <p>What may not enter: anything that the running twin needs.
 */
@NullMarked
package org.orrery.twin.bench;

import org.jspecify.annotations.NullMarked;
