/**
 * Long campaigns on the assembled system ({@code mvn -Psoak}): they can be ended at any time and go
 * on where they were.
 *
 * <p>What may not enter: a stand-in for any part, and anything that the usual build would run.
 */
@NullMarked
package org.orrery.scenarios.soak;

import org.jspecify.annotations.NullMarked;
