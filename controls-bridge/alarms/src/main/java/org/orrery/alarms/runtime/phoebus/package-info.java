/**
 * The way to the site's Phoebus alarm server over its Kafka topics, and back. No other room may
 * name this package, and nothing is decided here: messages are decoded and handed to the core.
 */
@NullMarked
package org.orrery.alarms.runtime.phoebus;

import org.jspecify.annotations.NullMarked;
