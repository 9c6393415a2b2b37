package org.orrery.simulator;

/**
 * One read-out of one channel, as its device would publish it. Immutable.
 *
 * @param channelId the channel, for example {@code cryo.rtd.t07}
 * @param value the value, in the unit of the channel
 * @param severity the severity by the device's own limits
 * @param status the reason for the severity
 * @param timeNs plant time, nanoseconds since the epoch
 */
public record Reading(
    String channelId, SimValue value, Severity severity, DeviceStatus status, long timeNs) {}
