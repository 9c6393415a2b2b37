package org.orrery.contract.operations;

/**
 * A device that nobody may operate because somebody works on it; never expires.
 *
 * @param device the device or group of the facility description
 * @param owner who set it, and who alone may lift it
 * @param reason why
 * @param sinceNs since when, wall ns
 */
public record TagOut(String device, String owner, String reason, long sinceNs) {}
