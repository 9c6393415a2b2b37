/**
 * The verticle that listens to samples and to the twin, and publishes findings. No other room may
 * name this package, and no decision is taken here: it carries events to the core and its outputs
 * away.
 */
@NullMarked
package org.orrery.dqm.runtime;

import org.jspecify.annotations.NullMarked;
