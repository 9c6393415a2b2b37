/**
 * A topic of Kafka, read from the place that the database knows. What the records say and where
 * they are stored may not enter.
 */
@NullMarked
package org.orrery.archive.runtime.log;

import org.jspecify.annotations.NullMarked;
