package org.orrery.contract.operations;

/**
 * Who holds the one control token.
 *
 * @param person the account name
 * @param sinceNs since when, wall ns
 */
public record ControlHolder(String person, long sinceNs) {}
