/**
 * What every room says to every other: identifiers, provenance and the canonical encoding that
 * hashes and signatures cover.
 *
 * <p>Vocabulary only: immutable records, sealed types and small ports. No logic that a room could
 * own, no framework, no I/O.
 */
@NullMarked
package org.orrery.contract;

import org.jspecify.annotations.NullMarked;
