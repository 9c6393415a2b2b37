/**
 * The bus of several processes: requests and repeated states on the clustered Vert.x event bus with
 * mutual TLS, who is there, and the refusal of what does not fit. What must not be lost goes by
 * Kafka, or its owner has it on record. No decision about the detector may be made here.
 */
@NullMarked
package org.orrery.bus.cluster;

import org.jspecify.annotations.NullMarked;
