/**
 * The wire format: what Kafka and other processes see of the vocabulary, as versioned Protobuf, and
 * the codecs between the two. Records already written must stay readable for good; golden files of
 * every schema version hold the codecs to that. No Kafka, no Vert.x and no meaning may enter here.
 */
@NullMarked
package org.orrery.bus.wire;

import org.jspecify.annotations.NullMarked;
