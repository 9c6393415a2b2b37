/**
 * The restore of a snapshot as a plan: which writes in which order, what speaks against it, and how
 * each write is checked and taken back. It can only propose.
 */
@NullMarked
package org.orrery.supervision.core.restore;

import org.jspecify.annotations.NullMarked;
