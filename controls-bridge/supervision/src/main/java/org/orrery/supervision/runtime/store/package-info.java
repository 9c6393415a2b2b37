/**
 * The tables of record: proposals and the audit chain, changed together or not at all. No decision
 * is taken here.
 */
@NullMarked
package org.orrery.supervision.runtime.store;

import org.jspecify.annotations.NullMarked;
