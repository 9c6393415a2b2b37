package org.orrery.contract.twin;

/**
 * Quantiles of a predicted quantity, in the channel's unit.
 *
 * @param low 5 % quantile
 * @param median 50 % quantile
 * @param high 95 % quantile
 */
public record Band(double low, double median, double high) {}
