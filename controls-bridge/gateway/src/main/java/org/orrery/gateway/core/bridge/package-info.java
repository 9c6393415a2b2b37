/**
 * Measures the connections to the control system: by channel and by server. No decision about the
 * detector rests on it, so nothing here may hold an update up.
 */
@NullMarked
package org.orrery.gateway.core.bridge;

import org.jspecify.annotations.NullMarked;
