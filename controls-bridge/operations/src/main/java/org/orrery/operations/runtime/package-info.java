/**
 * The verticle and the tables behind it. No other room may name this package, and no decision is
 * taken here: it carries events to the core and its outputs away.
 */
@NullMarked
package org.orrery.operations.runtime;

import org.jspecify.annotations.NullMarked;
