package org.orrery.simulator;

import static java.lang.Double.NaN;

import org.jspecify.annotations.Nullable;
import org.orrery.simulator.plant.PhotonDetectors;
import org.orrery.simulator.plant.Plant;

/** Channels of the photon detectors. */
final class PhotonPoints {
  private PhotonPoints() {}

  static void addTo(DetectorDesk desk, Plant plant) {
    for (int i = 0; i < plant.photonDetectors().channels(); i++) {
      addPhotonDetector(desk, plant, i);
    }
    addControls(desk, plant.photonDetectors());
  }

  private static void addPhotonDetector(DetectorDesk desk, Plant plant, int index) {
    PhotonDetectors pds = plant.photonDetectors();
    String id = "pds.ch%02d.".formatted(index + 1);
    String name = "photon detector %d".formatted(index + 1);
    desk.real(id + "bias-volts", "V")
        .says("Bias voltage of " + name)
        .display(0, 50)
        .limits(44, 44.4, 45.6, 46)
        .everySeconds(10)
        .sensor(0.003, 0.001)
        .reads(() -> pds.biasVolts(index))
        .add();
    desk.real(id + "current", "uA")
        .says("Bias current of " + name)
        .display(0, 5)
        .limits(NaN, NaN, 2, 5)
        .everySeconds(10)
        .sensor(0.005, 0.001)
        .reads(() -> pds.currentMicroamps(index, plant.tracks().lightRelative()))
        .add();
    desk.real(id + "gain", "10*6")
        .unit("10*6", "1e6")
        .says("Gain of " + name)
        .display(0, 6)
        .limits(2.8, 3.2, 4.0, 4.4)
        .everySeconds(50)
        .sensor(0.02, 0.001)
        .reads(() -> pds.gainMillions(index))
        .add();
    desk.real(id + "dark-rate", "Hz")
        .says("Dark rate of " + name)
        .display(0, 1_000)
        .limits(NaN, NaN, 400, 800)
        .everySeconds(20)
        .sensor(4, 0.1)
        .reads(() -> pds.darkHertz(index))
        .add();
  }

  private static void addControls(DetectorDesk desk, PhotonDetectors pds) {
    desk.choice("pds.parking", "OPERATING", "PARKED")
        .says("Parks the bias of all photon detectors below breakdown")
        .everySeconds(10)
        .reads(() -> pds.parked() ? 1 : 0)
        .writable(0, 1, value -> taken(() -> pds.park(value > 0.5)))
        .add();
    for (int i = 0; i < pds.channels(); i++) {
      int index = i;
      desk.real("pds.ch%02d.bias-set".formatted(i + 1), "V")
          .says("Asked bias voltage of photon detector %d".formatted(i + 1))
          .display(0, 50)
          .everySeconds(10)
          .reads(() -> pds.setVolts(index))
          .writable(30, 47, value -> taken(() -> pds.setVolts(index, value)))
          .add();
    }
  }

  private static @Nullable String taken(Runnable action) {
    action.run();
    return null;
  }
}
