package org.orrery.contract.diagnosis;

import org.orrery.contract.facility.ChannelId;

/**
 * One fact that speaks for or against something.
 *
 * @param channel where it was seen
 * @param text what people read, for example {@code flow fell from 1.67 to 0.00 kg/s within 40 s}
 * @param weight how much it counts, log-likelihood ratio in nats; positive speaks for, negative
 *     against
 */
public record Evidence(ChannelId channel, String text, double weight) {}
