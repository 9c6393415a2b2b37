/**
 * The verticle, the DJL backend and the answers to requests. No other room may name this package,
 * and no decision is taken here: it carries events to the core and its outputs away.
 */
@NullMarked
package org.orrery.twin.runtime;

import org.jspecify.annotations.NullMarked;
