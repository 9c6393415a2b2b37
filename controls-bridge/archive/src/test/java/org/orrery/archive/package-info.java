/** What the archive's tests share. */
@NullMarked
package org.orrery.archive;

import org.jspecify.annotations.NullMarked;
