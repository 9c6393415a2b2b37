/** Tests of the gateway's files and of its one way to a put. */
@NullMarked
package org.orrery.gateway.runtime;

import org.jspecify.annotations.NullMarked;
