package org.orrery.simulator.plan;

/**
 * What a planned month is made of: beam, machine development, technical stops and planned work. The
 * file says at each number what it means; the components have the names of its keys. Immutable.
 */
public record ScheduleAssumptions(
    Assumption spillPeriod,
    Assumption spillLength,
    Assumption fillLength,
    Assumption betweenFills,
    @Measured(Measure.SHARE) Assumption beamAvailability,
    Assumption beamStopLength,
    Assumption developmentInterval,
    Assumption developmentLength,
    Assumption technicalStopInterval,
    Assumption technicalStopLength,
    @Measured(Measure.SHARE) Assumption physicsWeight,
    @Measured(Measure.SHARE) Assumption developmentWeight,
    @Measured(Measure.SHARE) Assumption noBeamWeight,
    Assumption calibrationInterval,
    Assumption calibrationLength,
    Assumption regenerationInterval,
    Assumption regenerationLength,
    Assumption deliveryInterval,
    Assumption deliveryLength,
    Assumption accessInterval,
    Assumption accessLength,
    Assumption frontEndTestInterval,
    Assumption frontEndTestLength,
    @Measured(Measure.SHARE) Assumption workStartsFault) {}
