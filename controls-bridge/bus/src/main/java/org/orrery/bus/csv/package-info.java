/**
 * Stored samples as text, one a line: what an export writes and an import reads. No I/O, no room's
 * rules.
 */
@NullMarked
package org.orrery.bus.csv;

import org.jspecify.annotations.NullMarked;
