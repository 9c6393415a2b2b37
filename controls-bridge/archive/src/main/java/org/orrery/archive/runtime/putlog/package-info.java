/**
 * The put log: every write of the gate, from Kafka into a table, and back to whoever asks. No rule
 * about writing may enter: it says what the gate said.
 */
@NullMarked
package org.orrery.archive.runtime.putlog;

import org.jspecify.annotations.NullMarked;
