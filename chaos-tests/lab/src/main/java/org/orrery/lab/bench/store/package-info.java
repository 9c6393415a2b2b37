/** How fast the archive's store takes samples, what they take, and how soon it answers. */
@NullMarked
package org.orrery.lab.bench.store;

import org.jspecify.annotations.NullMarked;
