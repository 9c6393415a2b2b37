/** Tests of the archive's rules. */
@NullMarked
package org.orrery.archive.core;

import org.jspecify.annotations.NullMarked;
