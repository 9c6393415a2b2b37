/** Tests of the archive against a real PostgreSQL and a real Kafka broker. */
@NullMarked
package org.orrery.archive.runtime.putlog;

import org.jspecify.annotations.NullMarked;
