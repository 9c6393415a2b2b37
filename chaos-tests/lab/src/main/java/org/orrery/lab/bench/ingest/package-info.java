/**
 * The benchmark of the way from a PV into the archive, on real parts.
 *
 * <p>What may not enter: a stand-in for any part of that way.
 */
@NullMarked
package org.orrery.lab.bench.ingest;

import org.jspecify.annotations.NullMarked;
