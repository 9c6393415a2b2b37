/**
 * The server's inside: live state, routes, sign-in. Nobody outside the room names it. No decision
 * about the detector is made here: every act of a person becomes a request to the room that
 * decides.
 */
@NullMarked
package org.orrery.server.runtime;

import org.jspecify.annotations.NullMarked;
