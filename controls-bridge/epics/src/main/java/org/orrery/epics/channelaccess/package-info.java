/**
 * Channel Access: the client adapter to CAJ, the pure-Java library of {@code org.epics:jca}, and a
 * server of our own, which imports no library.
 *
 * <p>Nothing outside this room names the package; a client comes from {@link
 * org.orrery.epics.client.PvClients}, a server from {@link org.orrery.epics.server.PvServers}.
 */
@NullMarked
package org.orrery.epics.channelaccess;

import org.jspecify.annotations.NullMarked;
