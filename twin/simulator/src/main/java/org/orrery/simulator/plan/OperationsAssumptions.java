package org.orrery.simulator.plan;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * All frozen assumptions of the operations benchmark. Immutable.
 *
 * @param version of the file
 * @param date of the version
 * @param changeRule how the file may change
 * @param howToRead what low, nominal and high mean, and how quantities vary from case to case
 * @param sources citations by key
 * @param publishedUptime what the conventional arms must reproduce, %
 * @param faults by class, all of them
 * @param streamers how streamers of F1 exclude one another
 * @param responseTimes how long people take
 * @param skills who comes to the right conclusion
 * @param aids what helps or misleads people
 * @param mistakes what people do wrong
 * @param roster who is there
 * @param alarms how many alarms there are and how many a person bears
 * @param repairs by kind, all of them
 * @param calibration how late constants are
 * @param orrery what goes wrong with Orrery itself
 * @param schedule what a month is made of
 * @param arms rules of each arm, in words
 * @param definitions formulas of what is reported
 * @param reported what is reported
 */
public record OperationsAssumptions(
    int version,
    String date,
    String changeRule,
    String howToRead,
    Map<String, String> sources,
    PublishedUptime publishedUptime,
    Map<FaultClass, FaultAssumption> faults,
    Streamers streamers,
    PeopleAssumptions.ResponseTimes responseTimes,
    Map<Difficulty, PeopleAssumptions.Skill> skills,
    PeopleAssumptions.Aids aids,
    PeopleAssumptions.Mistakes mistakes,
    PeopleAssumptions.Roster roster,
    AlarmLoad alarms,
    Map<Repair, RepairAssumption> repairs,
    CalibrationWork calibration,
    OrreryTroubles orrery,
    ScheduleAssumptions schedule,
    Map<Arm, String> arms,
    Definitions definitions,
    List<String> reported) {

  public OperationsAssumptions {
    sources = Map.copyOf(sources);
    faults = Map.copyOf(faults);
    skills = Map.copyOf(skills);
    repairs = Map.copyOf(repairs);
    arms = Map.copyOf(arms);
    reported = List.copyOf(reported);
  }

  /** Returns what is assumed about a fault. */
  public FaultAssumption fault(FaultClass fault) {
    return of(faults, fault);
  }

  /** Returns what is assumed about a repair. */
  public RepairAssumption repair(Repair repair) {
    return of(repairs, repair);
  }

  private static <K, V> V of(Map<K, V> map, K key) {
    V value = map.get(key);
    if (value == null) {
      throw new IllegalArgumentException("nothing is assumed about " + key);
    }
    return value;
  }

  /** Returns every number by the path of its key, for example {@code faults.F5.rate}. */
  public SortedMap<String, Assumption> numbers() {
    return RecordTree.numbers(this);
  }

  /**
   * Returns the same assumptions with one number at its low or high value, for a sensitivity.
   *
   * @throws IllegalArgumentException if no number stands at {@code path}
   */
  public OperationsAssumptions with(String path, Level level) {
    if (!numbers().containsKey(path)) {
      throw new IllegalArgumentException("no number at " + path);
    }
    return RecordTree.moved(this, path, level);
  }

  /** What the conventional arms must reproduce. Immutable. */
  public record PublishedUptime(
      String rule,
      @Measured(Measure.PERCENT) Assumption highVoltageFirst,
      @Measured(Measure.PERCENT) Assumption highVoltageByHand,
      @Measured(Measure.PERCENT) Assumption highVoltageAutomatic,
      @Measured(Measure.PERCENT) Assumption wholeDetector) {}

  /** How streamers exclude one another. Immutable. */
  public record Streamers(String rule, Assumption quietAfterSelfQuench) {}

  /** Alarms of the conventional arms, and what a person bears in 10 min. Immutable. */
  public record AlarmLoad(
      @Measured(Measure.PER_DAY) Assumption rawNuisance,
      @Measured(Measure.PER_DAY) Assumption tunedNuisance,
      @Measured(Measure.NUMBER) Assumption floodStarts,
      @Measured(Measure.PER_DAY) Assumption manageable,
      @Measured(Measure.NUMBER) Assumption steady,
      @Measured(Measure.NUMBER) Assumption overloadNew,
      @Measured(Measure.NUMBER) Assumption overloadExperienced) {}

  /** How late constants are, and how far the truth may leave them. Immutable. */
  public record CalibrationWork(
      String rule,
      Assumption latencyConventional,
      Assumption latencyAutomatic,
      Assumption personTimeConventional,
      Assumption reviewTime,
      @Measured(Measure.SHARE) Assumption wrongConstant,
      @Measured(Measure.PERCENT) Assumption toleranceDriftVelocity,
      @Measured(Measure.PERCENT) Assumption toleranceLifetime,
      @Measured(Measure.PERCENT) Assumption toleranceGain) {}

  /** What goes wrong with Orrery itself. Immutable. */
  public record OrreryTroubles(
      String rule,
      @Measured(Measure.RATE) Assumption outages,
      Assumption outageLasts,
      @Measured(Measure.RATE) Assumption silentHangs,
      Assumption hangNoticed,
      @Measured(Measure.RATE) Assumption networkCuts,
      Assumption networkCutLasts,
      @Measured(Measure.SHARE) Assumption languageModelAway,
      @Measured(Measure.SHARE) Assumption twinLost,
      @Measured(Measure.NUMBER) Assumption practiceLost) {}

  /** What the reported figures mean. Immutable. */
  public record Definitions(
      String exposure,
      String goodData,
      String goodDataFraction,
      String downtime,
      String times,
      String callOuts,
      String wrongAndMissed,
      String unsafeWrites) {}
}
