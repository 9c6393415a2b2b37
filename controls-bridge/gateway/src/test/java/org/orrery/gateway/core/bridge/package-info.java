/** Tests of the gateway's core, on a stand-in control system in virtual time. */
@NullMarked
package org.orrery.gateway.core.bridge;

import org.jspecify.annotations.NullMarked;
