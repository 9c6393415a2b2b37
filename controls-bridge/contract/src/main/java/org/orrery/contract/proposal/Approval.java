package org.orrery.contract.proposal;

import org.orrery.contract.Bytes;

/**
 * One person's yes to exactly one plan.
 *
 * @param person the account name
 * @param planHash hash of the plan that the person saw
 * @param atNs when, wall ns
 * @param reason the person's words; may be empty
 */
public record Approval(String person, Bytes planHash, long atNs, String reason) {}
