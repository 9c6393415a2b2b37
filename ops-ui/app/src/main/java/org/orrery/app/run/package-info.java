/**
 * Wires the rooms into one running system, in order, and takes it apart in order. No decision about
 * the detector.
 */
@NullMarked
package org.orrery.app.run;

import org.jspecify.annotations.NullMarked;
