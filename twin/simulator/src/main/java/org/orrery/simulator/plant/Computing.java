package org.orrery.simulator.plant;

/**
 * What happens to events after they were written: links that send them away, and queues of jobs.
 * Sizes are modelling defaults [M]. Advanced by the plant; not thread-safe.
 */
public final class Computing {
  private static final double PRIMARY_MEGABYTES_PER_SECOND = 1_500.0;
  private static final double BACKUP_MEGABYTES_PER_SECOND = 1_000.0;
  private static final double USUAL_MEGABYTES_PER_SECOND = 830.0;
  private static final double FILE_MEGABYTES = 4_000.0;
  private static final double RECO_SLOTS = 200.0;
  private static final double RECO_SECONDS = 600.0;
  private static final double CALIBRATION_SLOTS = 10.0;
  private static final double CALIBRATION_SECONDS = 900.0;
  private static final double CALIBRATION_JOBS_PER_HOUR = 20.0;
  private static final double QUALITY_SLOTS = 4.0;
  private static final double QUALITY_SECONDS = 90.0;
  private static final double QUALITY_EVERY_SECONDS = 60.0;
  private static final double USUAL_LAG_MINUTES = 12.0;

  private final Knob linkLost;
  private boolean backup;
  private double sentMegabytesPerSecond;
  private double waitingMegabytes;
  private double reco;
  private double calibration;
  private double quality;
  private double sinceCalibrationSeconds;

  Computing(Knobs knobs, SimRandom random) {
    this.linkLost = knobs.share("comp.transfer.lost", "Share of the primary link that is lost");
    this.reco = USUAL_MEGABYTES_PER_SECOND / FILE_MEGABYTES * RECO_SECONDS;
    this.sinceCalibrationSeconds = random.uniform(0.0, 3_600.0);
  }

  void advance(double dtSeconds, DiskBuffer disk, SimRandom random) {
    double primary = PRIMARY_MEGABYTES_PER_SECOND * (1.0 - linkLost.value());
    double most = (backup ? BACKUP_MEGABYTES_PER_SECOND : primary) * dtSeconds;
    double sent = Math.min(most, disk.waitingMegabytes());
    disk.sent(sent);
    sentMegabytesPerSecond = sent / dtSeconds;
    waitingMegabytes = disk.waitingMegabytes();
    reco = left(reco + sent / FILE_MEGABYTES, RECO_SLOTS, RECO_SECONDS, dtSeconds);
    sinceCalibrationSeconds += dtSeconds;
    if (sinceCalibrationSeconds >= 3_600.0) {
      sinceCalibrationSeconds -= 3_600.0;
      calibration += CALIBRATION_JOBS_PER_HOUR;
    }
    calibration = left(calibration, CALIBRATION_SLOTS, CALIBRATION_SECONDS, dtSeconds);
    quality += random.poisson(dtSeconds / QUALITY_EVERY_SECONDS);
    quality = left(quality, QUALITY_SLOTS, QUALITY_SECONDS, dtSeconds);
  }

  private static double left(double jobs, double slots, double seconds, double dtSeconds) {
    return jobs - Math.min(jobs, Math.min(jobs, slots) * dtSeconds / seconds);
  }

  /** Returns whether the primary link carries data. */
  public boolean primaryUp() {
    return linkLost.value() < 1.0;
  }

  /** Returns whether data go over the backup link. */
  public boolean backup() {
    return backup;
  }

  /** Chooses between primary and backup link. */
  public void backup(boolean value) {
    backup = value;
  }

  /** Speed at which data are sent away, MB/s. */
  public double sentMegabytesPerSecond() {
    return sentMegabytesPerSecond;
  }

  /** Data that wait to be sent, GB. */
  public double waitingGigabytes() {
    return waitingMegabytes * 1e-3;
  }

  /** Reconstruction jobs that run. */
  public double recoRunning() {
    return Math.min(reco, RECO_SLOTS);
  }

  /** Reconstruction jobs that wait. */
  public double recoWaiting() {
    return Math.max(0.0, reco - RECO_SLOTS);
  }

  /** Calibration jobs that wait. */
  public double calibrationWaiting() {
    return Math.max(0.0, calibration - CALIBRATION_SLOTS);
  }

  /** Data-quality jobs that wait or run. */
  public double qualityJobs() {
    return quality;
  }

  /** Time from an event to its reconstruction, min. */
  public double lagMinutes() {
    double queued = recoWaiting() * RECO_SECONDS / RECO_SLOTS;
    double unsent = waitingMegabytes / USUAL_MEGABYTES_PER_SECOND;
    return USUAL_LAG_MINUTES + (queued + unsent) / 60.0;
  }

  void exchange(StateCodec codec) {
    backup = codec.ofBoolean(backup);
    sentMegabytesPerSecond = codec.ofDouble(sentMegabytesPerSecond);
    waitingMegabytes = codec.ofDouble(waitingMegabytes);
    reco = codec.ofDouble(reco);
    calibration = codec.ofDouble(calibration);
    quality = codec.ofDouble(quality);
    sinceCalibrationSeconds = codec.ofDouble(sinceCalibrationSeconds);
  }
}
