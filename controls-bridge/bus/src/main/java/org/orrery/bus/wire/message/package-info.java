/**
 * Messages between processes of one version: every record of the vocabulary as bytes and back,
 * positional and without names, so that both sides must have the same shapes. What must stay
 * readable for good goes by {@link org.orrery.bus.wire}. No Vert.x and no meaning may enter here.
 */
@NullMarked
package org.orrery.bus.wire.message;

import org.jspecify.annotations.NullMarked;
