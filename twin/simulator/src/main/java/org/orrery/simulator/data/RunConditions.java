package org.orrery.simulator.data;

/**
 * How data are taken. Immutable.
 *
 * @param number number of the present or last run
 * @param configuration name of the run configuration
 * @param liveShare share of the interval during which a run is going on, 0 to 1
 * @param beamOn whether the beam comes; without it there are no beam triggers
 * @param beamHertz beam triggers while it does, Hz
 * @param cosmicHertz triggers on cosmic rays, Hz
 * @param pulserHertz triggers of the calibration pulser, Hz
 * @param randomHertz random triggers, Hz
 * @param pileUpTracks mean number of cosmic tracks in a readout window
 * @param monitoredShare share of the events that the hit monitor looks at
 */
public record RunConditions(
    long number,
    String configuration,
    double liveShare,
    boolean beamOn,
    double beamHertz,
    double cosmicHertz,
    double pulserHertz,
    double randomHertz,
    double pileUpTracks,
    double monitoredShare) {
  public RunConditions {
    if (!(liveShare >= 0.0 && liveShare <= 1.0)) {
      throw new IllegalArgumentException("liveShare must be within 0 and 1, got " + liveShare);
    }
  }

  /**
   * Physics with beam at 24 Hz in all: 60 tracks in a window of 3 ms are the cosmic rate at the
   * surface on a detector of this size; the shares are modelling defaults.
   */
  public static RunConditions physics(long number) {
    return new RunConditions(number, "physics-beam", 1.0, true, 5.0, 18.0, 0.5, 0.5, 60.0, 0.05);
  }

  /** Beam triggers that really come, Hz. */
  public double beamTriggerHertz() {
    return beamOn ? beamHertz : 0.0;
  }

  /** Triggers of tracks, Hz. */
  public double trackTriggerHertz() {
    return beamTriggerHertz() + cosmicHertz;
  }

  /** All triggers, Hz. */
  public double triggerHertz() {
    return trackTriggerHertz() + pulserHertz + randomHertz;
  }

  /** The same with the beam on or off. */
  public RunConditions withBeam(boolean on) {
    return new RunConditions(
        number,
        configuration,
        liveShare,
        on,
        beamHertz,
        cosmicHertz,
        pulserHertz,
        randomHertz,
        pileUpTracks,
        monitoredShare);
  }

  /** The same with less or more time in which a run goes on. */
  public RunConditions withLiveShare(double share) {
    return new RunConditions(
        number,
        configuration,
        share,
        beamOn,
        beamHertz,
        cosmicHertz,
        pulserHertz,
        randomHertz,
        pileUpTracks,
        monitoredShare);
  }

  /** The same with other pile-up. */
  public RunConditions withPileUp(double tracks) {
    return new RunConditions(
        number,
        configuration,
        liveShare,
        beamOn,
        beamHertz,
        cosmicHertz,
        pulserHertz,
        randomHertz,
        tracks,
        monitoredShare);
  }

  /** Another run with a configuration of this name and these rates of triggers, Hz. */
  public RunConditions withTriggers(
      long run, String name, double beam, double cosmic, double pulser, double random) {
    return new RunConditions(
        run, name, liveShare, beamOn, beam, cosmic, pulser, random, pileUpTracks, monitoredShare);
  }
}
