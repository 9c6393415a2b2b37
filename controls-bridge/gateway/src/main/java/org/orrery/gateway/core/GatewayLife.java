package org.orrery.gateway.core;

import java.util.OptionalLong;

/**
 * What a life of the gateway goes on from.
 *
 * @param sequence the number before that of the first sample of every channel; beyond those of all
 *     earlier lives
 * @param unheardFromNs until when the life before listened, plant ns; empty where there was none,
 *     or where that is not known
 */
public record GatewayLife(long sequence, OptionalLong unheardFromNs) {}
