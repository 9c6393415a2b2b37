/**
 * The embedded Kafka broker as a supervised child process. Only the composition root and tests
 * start it; everybody else knows a bootstrap address. No client code may enter, and no class of the
 * broker is named here except by its command line: the broker's jars need to be on the class path
 * only where it is started.
 */
@NullMarked
package org.orrery.bus.broker;

import org.jspecify.annotations.NullMarked;
