/**
 * Samples between the archive of a running Orrery, files, and other archives, over HTTP. No room's
 * inside may enter here.
 */
@NullMarked
package org.orrery.app.archive;

import org.jspecify.annotations.NullMarked;
