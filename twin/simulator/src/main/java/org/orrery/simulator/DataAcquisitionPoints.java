package org.orrery.simulator;

import static java.lang.Double.NaN;

import org.orrery.simulator.plant.DataAcquisition;
import org.orrery.simulator.plant.DataTaking;
import org.orrery.simulator.plant.DiskBuffer;
import org.orrery.simulator.plant.Plant;

/** Channels of modes, triggers, buffers, event builder, writer and disks. */
final class DataAcquisitionPoints {
  private DataAcquisitionPoints() {}

  static void addTo(DetectorDesk desk, Plant plant) {
    addRun(desk, plant);
    addTriggers(desk, plant);
    addFlow(desk, plant.acquisition());
    addDisk(desk, plant.acquisition().disk());
  }

  private static void addRun(DetectorDesk desk, Plant plant) {
    DataTaking runs = plant.dataTaking();
    desk.choice("daq.mode-set", "SHUTDOWN", "COOLDOWN", "STANDBY", "PHYSICS", "CALIBRATION")
        .says("Asked mode of the detector")
        .everySeconds(10)
        .reads(() -> runs.asked().ordinal())
        .writable(0, 4, value -> runs.ask(DataTaking.Mode.values()[(int) value]))
        .add();
    desk.choice("daq.run.configuration", "PHYSICS", "COSMICS", "CALIBRATION", "NOISE")
        .says("What the present or next run is taken for")
        .everySeconds(20)
        .reads(() -> runs.configuration().ordinal())
        .writable(0, 3, value -> runs.configuration(DataTaking.Configuration.values()[(int) value]))
        .add();
    desk.whole("daq.run.subrun")
        .says("Number of the part of the run, 0 without a run")
        .display(0, 20)
        .everySeconds(10)
        .reads(runs::subrun)
        .add();
    desk.real("daq.exposure", "h")
        .says("Time in which events were taken since the start")
        .display(0, 10_000)
        .everySeconds(60)
        .sensor(0, 0.0001)
        .reads(plant.acquisition()::liveHours)
        .add();
  }

  private static void addTriggers(DetectorDesk desk, Plant plant) {
    DataAcquisition daq = plant.acquisition();
    trigger(desk, "light", "light")
        .reads(() -> daq.lightHertz(plant.tracks().lightRelative()))
        .add();
    trigger(desk, "random", "chance").reads(daq::randomHertz).add();
    trigger(desk, "pulser", "the pulser").reads(daq::pulserHertz).add();
    desk.whole("daq.trigger.hot-input")
        .says("Input of the light trigger that stands out, 0 for none")
        .display(0, DataAcquisition.INPUTS)
        .limits(NaN, NaN, 0.5, NaN)
        .everySeconds(10)
        .reads(daq::hotInput)
        .add();
    desk.whole("daq.trigger.masked-input")
        .says("Input of the light trigger that is masked, 0 for none")
        .display(0, DataAcquisition.INPUTS)
        .everySeconds(20)
        .reads(daq::masked)
        .writable(
            0,
            DataAcquisition.INPUTS,
            value -> {
              daq.masked((int) value);
              return null;
            })
        .add();
    desk.whole("daq.trigger.prescale")
        .says("Every how many triggers by light are taken")
        .display(1, 1_000)
        .everySeconds(20)
        .reads(daq::prescale)
        .writable(
            1,
            1_000,
            value -> {
              daq.prescale((int) value);
              return null;
            })
        .add();
  }

  private static PointBuilder trigger(DetectorDesk desk, String name, String by) {
    return desk.real("daq.trigger.%s-rate".formatted(name), "Hz")
        .says("Rate of triggers by " + by)
        .display(0, 60)
        .everySeconds(10)
        .sensor(0.05, 0.01);
  }

  private static void addFlow(DetectorDesk desk, DataAcquisition daq) {
    desk.real("daq.dead-time", "%")
        .says("Share of the triggers that are lost")
        .display(0, 100)
        .limits(NaN, NaN, 5, 20)
        .everySeconds(10)
        .sensor(0.02, 0.01)
        .reads(() -> 100.0 * daq.deadShare())
        .add();
    desk.real("daq.buffer.occupancy", "%")
        .says("Filling of the read-out buffers")
        .display(0, 100)
        .limits(NaN, NaN, 50, 90)
        .everySeconds(10)
        .sensor(0.1, 0.1)
        .reads(() -> 2.0 + 0.98 * daq.bufferPercent())
        .add();
    desk.real("daq.builder.rate", "Hz")
        .says("Events built")
        .display(0, 80)
        .everySeconds(10)
        .sensor(0.3, 0.01)
        .reads(daq::builtHertz)
        .add();
    desk.real("daq.event-size", "MBy")
        .unit("MBy", "MB")
        .says("Size of an event")
        .display(0, 150)
        .limits(NaN, NaN, 45, 80)
        .everySeconds(10)
        .sensor(0.1, 0.01)
        .reads(daq::eventMegabytes)
        .add();
    desk.real("daq.writer.rate", "MBy/s")
        .unit("MBy/s", "MB/s")
        .says("Speed of the writer")
        .display(0, 3_000)
        .everySeconds(10)
        .sensor(5, 1)
        .reads(daq::writtenMegabytesPerSecond)
        .add();
  }

  private static void addDisk(DetectorDesk desk, DiskBuffer disk) {
    desk.real("daq.disk.free", "%")
        .says("Free space on the disks of the writer")
        .display(0, 100)
        .limits(5, 25, NaN, NaN)
        .everySeconds(10)
        .sensor(0, 0.01)
        .reads(disk::freePercent)
        .add();
    desk.choice("daq.disk.clean", "NONE", "CLEAN")
        .says("Deletes what was sent from the disks of the writer; returns to NONE by itself")
        .everySeconds(20)
        .momentary(10)
        .reads(() -> 0)
        .writable(
            0,
            1,
            value -> {
              if (value > 0.5) {
                disk.sweep();
              }
              return null;
            })
        .add();
  }
}
