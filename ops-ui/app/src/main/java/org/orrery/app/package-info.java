/**
 * The composition root: command line, facility and site configuration, wiring of the rooms,
 * shutdown. It may name every room; no room may name it, and no decision about the detector is
 * taken here.
 */
@NullMarked
package org.orrery.app;

import org.jspecify.annotations.NullMarked;
