package org.orrery.simulator.plant;

import org.jspecify.annotations.Nullable;

/**
 * Triggers, read-out buffers, event builder and writer. Rates and sizes are modelling defaults [M]
 * about those of ProtoDUNE-SP: 24 Hz of 35 MB after compression. Advanced by the plant; not
 * thread-safe.
 */
public final class DataAcquisition {
  /** Inputs of the light trigger. */
  public static final int INPUTS = 8;

  private static final double RANDOM_HERTZ = 2.0;
  private static final double PULSER_HERTZ = 1.0;
  private static final double CALIBRATION_HERTZ = 10.0;
  private static final double READOUT_SECONDS = 5e-4;
  private static final double BUILDER_HERTZ = 60.0;
  private static final double BUFFER_EVENTS = 3_000.0;
  private static final double EVENT_MEGABYTES = 35.0;
  private static final double USUAL_NOISE = 600.0;
  private static final double SIZE_PER_OCTAVE = 0.35;
  private static final double LEAST_LINKS = 0.9;

  private final Knob storm;
  private final Knob stormInput;
  private final DataTaking runs;
  private final DiskBuffer disk;
  private int prescale = 1;
  private int masked;
  private double buffered;
  private double deadShare;
  private double builtHertz;
  private double eventMegabytes = EVENT_MEGABYTES;
  private double linkedShare = 1.0;
  private double liveHours;

  DataAcquisition(DataTaking runs, Knobs knobs, SimRandom random) {
    this.runs = runs;
    this.storm =
        knobs.add("daq.trigger.storm", "Hz", 0.0, 0.0, 1e5, "Rate of a noisy input of the trigger");
    this.stormInput =
        knobs.add("daq.trigger.storm-input", "1", 1.0, 1.0, INPUTS, "Number of the noisy input");
    this.disk = new DiskBuffer(knobs, random);
  }

  void advance(double dtSeconds, double lightRelative, FrontEnd frontEnd) {
    linkedShare = frontEnd.supply().linkedShare();
    double rate = triggerHertz(lightRelative);
    double noise = frontEnd.planeNoise(1.0, false);
    double octaves = noise > 0.0 ? Math.log(noise / USUAL_NOISE) / Math.log(2.0) : 0.0;
    double railed = (double) frontEnd.channels().railed() / frontEnd.allChannels();
    eventMegabytes =
        EVENT_MEGABYTES * linkedShare * Math.max(0.3, 1.0 + SIZE_PER_OCTAVE * octaves + railed);
    build(dtSeconds, rate);
    double written = runs.running() ? builtHertz * eventMegabytes * dtSeconds : 0.0;
    disk.advance(dtSeconds, written);
    if (disk.full() && runs.running()) {
      runs.abort();
    }
    if (runs.running()) {
      liveHours += (1.0 - deadShare) * dtSeconds / 3600.0;
    }
  }

  private void build(double dtSeconds, double rate) {
    double busy = rate * READOUT_SECONDS / (1.0 + rate * READOUT_SECONDS);
    double in = rate * (1.0 - busy);
    builtHertz = Math.min(BUILDER_HERTZ, in + buffered / dtSeconds);
    double left = buffered + (in - builtHertz) * dtSeconds;
    double lost = Math.max(0.0, left - BUFFER_EVENTS);
    buffered = Math.clamp(left, 0.0, BUFFER_EVENTS);
    deadShare = rate <= 0.0 ? 0.0 : Math.min(1.0, busy + lost / dtSeconds / rate);
  }

  /** Triggers per second for the given light relative to nominal, Hz. */
  public double triggerHertz(double lightRelative) {
    double usual = runs.triggerHertz(lightRelative);
    boolean healthy = prescale == 1 && masked == 0 && storm.value() == 0.0;
    if (healthy && runs.mode() != DataTaking.Mode.CALIBRATION && !runs.off()) {
      return usual;
    }
    return lightHertz(lightRelative) + randomHertz() + pulserHertz();
  }

  /** Triggers by light after masks and prescale, Hz. */
  public double lightHertz(double lightRelative) {
    if (runs.off()) {
      return 0.0;
    }
    double usual = runs.triggerHertz(lightRelative) - RANDOM_HERTZ - PULSER_HERTZ;
    double open = usual * (masked == 0 ? 1.0 : (INPUTS - 1.0) / INPUTS);
    boolean stormy = masked != Math.rint(stormInput.value());
    return (open + (stormy ? storm.value() : 0.0)) / prescale;
  }

  /** Triggers at random, Hz. */
  public double randomHertz() {
    return runs.off() ? 0.0 : RANDOM_HERTZ;
  }

  /** Triggers by the pulser, Hz. */
  public double pulserHertz() {
    if (runs.off()) {
      return 0.0;
    }
    return runs.mode() == DataTaking.Mode.CALIBRATION ? CALIBRATION_HERTZ : PULSER_HERTZ;
  }

  /** Number of the input of the light trigger that stands out, 0 for none. */
  public int hotInput() {
    return storm.value() > 20.0 ? (int) Math.rint(stormInput.value()) : 0;
  }

  /** Every how many triggers by light are taken. */
  public int prescale() {
    return prescale;
  }

  /** Changes every how many triggers by light are taken. */
  public void prescale(int value) {
    prescale = Math.max(1, value);
  }

  /** Number of the input of the light trigger that is masked, 0 for none. */
  public int masked() {
    return masked;
  }

  /** Masks an input of the light trigger, 0 for none. */
  public void masked(int value) {
    masked = value;
  }

  /** Share of the triggers that are lost. */
  public double deadShare() {
    return deadShare;
  }

  /** Filling of the read-out buffers, percent. */
  public double bufferPercent() {
    return 100.0 * buffered / BUFFER_EVENTS;
  }

  /** Events built, Hz. */
  public double builtHertz() {
    return builtHertz;
  }

  /** Size of an event, MB. */
  public double eventMegabytes() {
    return eventMegabytes;
  }

  /** Speed of the writer, MB/s. */
  public double writtenMegabytesPerSecond() {
    return runs.running() ? builtHertz * eventMegabytes : 0.0;
  }

  /** Time in which events were taken since birth, h. */
  public double liveHours() {
    return liveHours;
  }

  /** Returns the disks. */
  public DiskBuffer disk() {
    return disk;
  }

  /** Returns why no run can begin, else null. */
  public @Nullable String refusal() {
    if (disk.full()) {
      return "writer: disk full";
    }
    if (linkedShare < LEAST_LINKS) {
      return "read-out: only %.0f %% of the data links are up".formatted(100.0 * linkedShare);
    }
    return runs.modeRefusal();
  }

  void exchange(StateCodec codec) {
    prescale = codec.ofInt(prescale);
    masked = codec.ofInt(masked);
    buffered = codec.ofDouble(buffered);
    deadShare = codec.ofDouble(deadShare);
    builtHertz = codec.ofDouble(builtHertz);
    eventMegabytes = codec.ofDouble(eventMegabytes);
    linkedShare = codec.ofDouble(linkedShare);
    liveHours = codec.ofDouble(liveHours);
    disk.exchange(codec);
  }
}
