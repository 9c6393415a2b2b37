/**
 * The client port: subscribe, get and one-shot put. Only the gateway uses it.
 *
 * <p>No type of an EPICS library may enter. Every answer is a value; a put that was not answered is
 * {@link org.orrery.epics.client.PutReply.NoAnswer}, and never repeated.
 */
@NullMarked
package org.orrery.epics.client;

import org.jspecify.annotations.NullMarked;
