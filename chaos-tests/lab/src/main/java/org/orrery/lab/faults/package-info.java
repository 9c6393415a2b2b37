/**
 * What each fault of the stand-in detector looks like, shown by the stand-in itself: the pages and
 * plots of the fault guide, and whether each sign moves as its truth says. Nothing of the running
 * system may enter.
 */
@NullMarked
package org.orrery.lab.faults;

import org.jspecify.annotations.NullMarked;
