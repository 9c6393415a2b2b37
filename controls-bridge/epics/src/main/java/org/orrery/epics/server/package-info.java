/**
 * The server port: process variables that Orrery, or its stand-in detector, serves.
 *
 * <p>No type of an EPICS library may enter.
 */
@NullMarked
package org.orrery.epics.server;

import org.jspecify.annotations.NullMarked;
