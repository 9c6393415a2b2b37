/** Tests of supervised child processes, against real processes. */
@NullMarked
package org.orrery.process;

import org.jspecify.annotations.NullMarked;
