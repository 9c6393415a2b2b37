/**
 * The verticle, the feed and the journal of attempts. No other room may name this package, and no
 * decision is taken here: it carries events to the core and its outputs away.
 */
@NullMarked
package org.orrery.gateway.runtime;

import org.jspecify.annotations.NullMarked;
