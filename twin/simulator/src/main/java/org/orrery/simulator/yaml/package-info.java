/** Strict reading of the YAML that people bring: fault files, assumptions, drills. No I/O. */
@NullMarked
package org.orrery.simulator.yaml;

import org.jspecify.annotations.NullMarked;
