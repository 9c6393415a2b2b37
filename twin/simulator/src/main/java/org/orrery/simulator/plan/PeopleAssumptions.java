package org.orrery.simulator.plan;

/**
 * What is assumed about people. The file says at each number what it means; the components have the
 * names of its keys.
 */
public final class PeopleAssumptions {
  private PeopleAssumptions() {}

  /** Medians of how long people take. Immutable. */
  public record ResponseTimes(
      Assumption hourlyCheck,
      Assumption twoHourlyCheck,
      Assumption dailyCheck,
      Assumption noticesAlarm,
      Assumption noticesAlarmInFlood,
      Assumption opensDisplayNew,
      Assumption opensDisplayExperienced,
      Assumption opensLinkedDisplay,
      Assumption diagnosesNew,
      Assumption diagnosesExperienced,
      Assumption diagnosesExpert,
      Assumption readsExplanation,
      Assumption decidesToCall,
      Assumption expertAnswersAwake,
      Assumption expertAnswersAsleep,
      Assumption nextExpertCalled,
      Assumption logsIn,
      Assumption drivesIn,
      Assumption approvesShifter,
      Assumption approvesExpert,
      Assumption handOver) {}

  /** Probabilities of the right conclusion for faults of one difficulty. Immutable. */
  public record Skill(
      @Measured(Measure.SHARE) Assumption newShifter,
      @Measured(Measure.SHARE) Assumption experiencedShifter,
      @Measured(Measure.SHARE) Assumption expert) {}

  /** What logbook, procedures, assistant and diagnosis do to people's conclusions. Immutable. */
  public record Aids(
      @Measured(Measure.SHARE) Assumption wrongLeftByLogbook,
      @Measured(Measure.SHARE) Assumption wrongLeftByProcedure,
      @Measured(Measure.SHARE) Assumption wrongLeftByAnswer,
      @Measured(Measure.SHARE) Assumption rightLostByAnswer,
      @Measured(Measure.SHARE) Assumption assistantRight,
      @Measured(Measure.SHARE) Assumption rightDiagnosisTaken,
      @Measured(Measure.SHARE) Assumption wrongDiagnosisTaken,
      @Measured(Measure.NUMBER) Assumption noviceSlowerInFlood) {}

  /** What people do wrong. Immutable. */
  public record Mistakes(
      @Measured(Measure.SHARE) Assumption alarmNotAnswered,
      @Measured(Measure.SHARE) Assumption wrongDevice,
      @Measured(Measure.SHARE) Assumption wrongLineUp,
      @Measured(Measure.SHARE) Assumption secondPersonMisses,
      @Measured(Measure.SHARE) Assumption actsOnWrongDiagnosis,
      @Measured(Measure.SHARE) Assumption approvesWrongProposal,
      @Measured(Measure.SHARE) Assumption rejectsRightProposal,
      @Measured(Measure.TIME) Assumption wrongActionCosts,
      @Measured(Measure.SHARE) Assumption alarmLeftShelved) {}

  /** Who is there. Immutable. */
  public record Roster(
      @Measured(Measure.NUMBER) Assumption shifters,
      @Measured(Measure.SHARE) Assumption newShifter,
      @Measured(Measure.SHARE) Assumption expertReachedAtNight,
      @Measured(Measure.SHARE) Assumption expertReachedByDay) {}
}
