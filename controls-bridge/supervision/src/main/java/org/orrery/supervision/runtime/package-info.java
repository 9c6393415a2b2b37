/**
 * The verticles, the signing key, and the tables of record. No other room may name this package,
 * and no decision is taken here: it carries events to the core and its outputs away.
 */
@NullMarked
package org.orrery.supervision.runtime;

import org.jspecify.annotations.NullMarked;
