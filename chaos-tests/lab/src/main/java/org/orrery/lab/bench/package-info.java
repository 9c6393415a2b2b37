/**
 * Benchmarks that anyone can run again: each measures one thing on real parts and yields a {@link
 * org.orrery.lab.bench.Report} with its provenance.
 *
 * <p>What may not enter: the command line, which calls this; figures that nobody measured.
 */
@NullMarked
package org.orrery.lab.bench;

import org.jspecify.annotations.NullMarked;
