package org.orrery.simulator;

import org.orrery.simulator.plant.DataTaking;
import org.orrery.simulator.plant.Plant;
import org.orrery.simulator.plant.TrackObservables;
import org.orrery.simulator.plant.WireBias;

/** Channels of data taking and of the observables that tracks show. */
final class ObservablePoints {
  private ObservablePoints() {}

  static void addTo(DetectorDesk desk, Plant plant) {
    addDataTaking(desk, plant);
    addTracks(desk, plant);
    noise(desk, plant, "u", 1.08);
    noise(desk, plant, "v", 1.06);
    noise(desk, plant, "x", 0.86);
  }

  private static void addDataTaking(DetectorDesk desk, Plant plant) {
    DataTaking daq = plant.dataTaking();
    PointBuilder number =
        desk.whole("daq.run.number")
            .says("Number of the present or last run")
            .display(0, 100_000)
            .everySeconds(10)
            .reads(daq::runNumber);
    number.onChange = true;
    number.add();
    desk.choice("daq.run.state", "STOPPED", "RUNNING")
        .says("Whether a run is going on")
        .everySeconds(10)
        .reads(() -> daq.running() ? 1 : 0)
        .add();
    desk.choice("daq.run.command", "NONE", "START", "STOP")
        .says("Starts or stops a run; returns to NONE by itself")
        .everySeconds(10)
        .momentary(10)
        .reads(() -> 0)
        .writable(
            0,
            2,
            value -> {
              if (value == 1.0) {
                String refusal = daq.running() ? null : plant.acquisition().refusal();
                if (refusal != null) {
                  return refusal;
                }
                daq.start();
              } else if (value == 2.0) {
                daq.stop();
              }
              return null;
            })
        .add();
    desk.choice("daq.mode", "SHUTDOWN", "COOLDOWN", "STANDBY", "PHYSICS", "CALIBRATION")
        .says("Mode of the detector as the data acquisition sees it")
        .everySeconds(10)
        .reads(() -> daq.mode().ordinal())
        .add();
    desk.real("daq.trigger.rate", "Hz")
        .says("Trigger rate")
        .display(0, 60)
        .everySeconds(10)
        .sensor(0.4, 0.01)
        .reads(plant::triggerHertz)
        .add();
  }

  private static void addTracks(DetectorDesk desk, Plant plant) {
    TrackObservables tracks = plant.tracks();
    WireBias bias = plant.frontEnd().wireBias();
    desk.real("mon.dqdx.anode", "10*3.{e}/cm")
        .unit("10*3.{e}/cm", "ke/cm")
        .says("Most probable charge of muons near the anode")
        .display(0, 80)
        .everySeconds(60)
        .sensor(0.12, 0.01)
        .reads(() -> tracks.anodeKePerCm() * bias.collected())
        .add();
    desk.real("mon.dqdx.cathode", "10*3.{e}/cm")
        .unit("10*3.{e}/cm", "ke/cm")
        .says("Most probable charge of muons near the cathode")
        .display(0, 80)
        .everySeconds(60)
        .sensor(0.12, 0.01)
        .reads(() -> tracks.cathodeKePerCm() * bias.collected())
        .add();
    desk.real("mon.crosser.drift-time", "us")
        .says("Drift time of muons that cross anode and cathode")
        .display(2_000, 2_800)
        .everySeconds(60)
        .sensor(0.8, 0.01)
        .reads(tracks::driftMicroseconds)
        .add();
    desk.real("mon.light.yield", "[arb'U]")
        .unit("[arb'U]", "a.u.")
        .says("Light per muon relative to nominal, in percent")
        .display(0, 300)
        .everySeconds(60)
        .sensor(0.4, 0.01)
        .reads(() -> 100.0 * tracks.lightRelative() * plant.photonDetectors().meanGainRelative())
        .add();
    desk.array("mon.dqdx.profile", "10*3.{e}/cm")
        .unit("10*3.{e}/cm", "ke/cm")
        .says("Most probable charge of muons along the drift, from anode to cathode")
        .display(0, 80)
        .everySeconds(60)
        .readsAll(() -> profile(tracks, bias.collected()))
        .add();
  }

  private static Waveform profile(TrackObservables tracks, double collected) {
    double[] charge = new double[TrackObservables.PROFILE_POINTS];
    for (int i = 0; i < charge.length; i++) {
      double value = tracks.profileKePerCm(i) * collected;
      charge[i] = Double.isNaN(value) ? 0.0 : value;
    }
    return new Waveform(charge);
  }

  private static void noise(DetectorDesk desk, Plant plant, String plane, double factor) {
    desk.real("mon.enc." + plane, "{e}")
        .unit("{e}", "e- RMS")
        .says("Noise of plane " + plane.toUpperCase(java.util.Locale.ROOT))
        .display(0, 2_000)
        .everySeconds(30)
        .sensor(2, 0.1)
        .reads(() -> plant.frontEnd().planeNoise(factor, !plane.equals("x")))
        .add();
  }
}
