/**
 * How rooms talk: typed topics and endpoints on the Vert.x event bus, credited sample feeds, the
 * wire format and the Kafka relay. This is the one place for addresses, codecs and Kafka topic
 * names. No decision about the detector may be made here.
 */
@NullMarked
package org.orrery.bus;

import org.jspecify.annotations.NullMarked;
