/**
 * Snapshots: which channels belong to a set and in which order, what a save takes down, how two
 * sides differ, and who may call a snapshot golden. Pure; no clock, no table.
 */
@NullMarked
package org.orrery.operations.core.snapshot;

import org.jspecify.annotations.NullMarked;
