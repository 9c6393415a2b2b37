package org.orrery.epics.pvaccess;

import org.orrery.epics.server.CallHandler;

/**
 * A service of this server. Thread-safe.
 *
 * @param handler who answers
 * @param channels its clients' channels, which end with it
 */
record LocalService(CallHandler handler, ClientChannels channels) {}
