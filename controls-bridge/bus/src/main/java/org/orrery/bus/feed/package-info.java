/** Samples against credit: see {@link org.orrery.bus.SampleFeed}. */
@NullMarked
package org.orrery.bus.feed;

import org.jspecify.annotations.NullMarked;
