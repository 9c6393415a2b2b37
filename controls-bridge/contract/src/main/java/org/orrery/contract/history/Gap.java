package org.orrery.contract.history;

import java.util.OptionalLong;

/**
 * A silence of a channel, as a fact.
 *
 * @param fromNs since when, plant ns
 * @param toNs until when, exclusive, plant ns; empty while it lasts
 * @param reason why, for people
 */
public record Gap(long fromNs, OptionalLong toNs, String reason) {}
