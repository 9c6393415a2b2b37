/**
 * Answers a shifter's question in plain words, with sources and the state of the detector, and says
 * when it does not know. It reads and proposes with the caller's own rights, and never writes.
 */
@NullMarked
package org.orrery.assistant;

import org.jspecify.annotations.NullMarked;
