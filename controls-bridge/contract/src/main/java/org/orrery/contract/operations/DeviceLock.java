package org.orrery.contract.operations;

/**
 * A device, or a group of devices, that somebody has reserved: until it expires, only what its
 * owner asked for or approved is written there.
 *
 * @param device the device or group of the facility description
 * @param owner who reserved it
 * @param reason why
 * @param sinceNs since when, wall ns
 * @param untilNs when it ends by itself, wall ns
 */
public record DeviceLock(String device, String owner, String reason, long sinceNs, long untilNs) {}
