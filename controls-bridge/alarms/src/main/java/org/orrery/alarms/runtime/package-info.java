/**
 * The verticle that feeds the engine with alarm edges and publishes transitions; it needs neither
 * broker nor database to annunciate. No other room may name this package, and no decision is taken
 * here: it carries events to the core and its outputs away.
 */
@NullMarked
package org.orrery.alarms.runtime;

import org.jspecify.annotations.NullMarked;
