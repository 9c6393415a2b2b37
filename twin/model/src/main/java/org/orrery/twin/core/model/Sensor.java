package org.orrery.twin.core.model;

/**
 * How the twin sees one channel.
 *
 * @param channel the channel's id
 * @param group sensors of one group read the same quantity and check each other
 * @param calibration what is learnt about it
 * @param vagueDeviation how far a reading may be off when the sensor lies, in the channel's unit
 * @param unit UCUM code
 */
public record Sensor(
    String channel, String group, Calibration calibration, double vagueDeviation, String unit) {}
