package org.orrery.simulator;

import static java.lang.Double.NaN;

import org.orrery.simulator.plant.Computing;

/** Channels of the links that send data away and of the queues of jobs. */
final class ComputingPoints {
  private ComputingPoints() {}

  static void addTo(DetectorDesk desk, Computing computing) {
    addTransfer(desk, computing);
    desk.real("comp.reco.lag", "min")
        .says("Time from an event to its reconstruction")
        .display(0, 300)
        .limits(NaN, NaN, 60, 240)
        .everySeconds(60)
        .sensor(0.2, 0.1)
        .reads(computing::lagMinutes)
        .add();
    jobs(desk, "comp.reco.running", "Reconstruction jobs that run", 300)
        .reads(computing::recoRunning)
        .add();
    jobs(desk, "comp.reco.waiting", "Reconstruction jobs that wait", 2_000)
        .limits(NaN, NaN, 500, 2_000)
        .reads(computing::recoWaiting)
        .add();
    jobs(desk, "comp.calibration.waiting", "Calibration jobs that wait", 100)
        .limits(NaN, NaN, 40, 80)
        .reads(computing::calibrationWaiting)
        .add();
    jobs(desk, "comp.quality.jobs", "Data-quality jobs that wait or run", 50)
        .limits(NaN, NaN, 20, 40)
        .reads(computing::qualityJobs)
        .add();
  }

  private static void addTransfer(DetectorDesk desk, Computing computing) {
    desk.choice("comp.transfer.link", "DOWN", "UP")
        .says("Primary link that sends data away")
        .severities(Severity.MAJOR, Severity.NONE)
        .everySeconds(20)
        .reads(() -> computing.primaryUp() ? 1 : 0)
        .add();
    desk.choice("comp.transfer.route", "PRIMARY", "BACKUP")
        .says("Link over which data are sent away")
        .everySeconds(20)
        .reads(() -> computing.backup() ? 1 : 0)
        .writable(
            0,
            1,
            value -> {
              computing.backup(value > 0.5);
              return null;
            })
        .add();
    desk.real("comp.transfer.rate", "MBy/s")
        .unit("MBy/s", "MB/s")
        .says("Speed at which data are sent away")
        .display(0, 3_000)
        .everySeconds(20)
        .sensor(5, 1)
        .reads(computing::sentMegabytesPerSecond)
        .add();
    desk.real("comp.transfer.backlog", "GBy")
        .unit("GBy", "GB")
        .says("Data that wait to be sent away")
        .display(0, 20_000)
        .limits(NaN, NaN, 2_000, 20_000)
        .everySeconds(20)
        .sensor(0.1, 0.1)
        .reads(computing::waitingGigabytes)
        .add();
  }

  private static PointBuilder jobs(DetectorDesk desk, String id, String text, double high) {
    return desk.whole(id).says(text).display(0, high).everySeconds(60);
  }
}
