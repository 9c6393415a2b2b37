/**
 * Connections, channel health, Orrery's own PVs, and the write gate: the only code that writes to a
 * control system. {@code GatewayModule} and {@code GatewayConfig} are the only types here that
 * other rooms may name.
 */
@NullMarked
package org.orrery.gateway;

import org.jspecify.annotations.NullMarked;
