package org.orrery.twin.plant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;

/**
 * A detector for the twin's tests, made of other equations than the twin's: vapour as a mass of its
 * own that condenses and evaporates at finite rates, other lags, gains, offsets and loads, ullage
 * gas that outgasses into the liquid, a weather that wanders, and noise on everything. Seeded;
 * stepped by the test in steps of one second.
 */
public final class TestPlant {
  public static final long START_NS = 1_700_000_000_000_000_000L;

  private static final int BURN_IN_SECONDS = 40_000;

  private final SplittableRandom random;
  private final Map<String, Double> bias = new HashMap<>();
  private final Map<String, Double> stuck = new HashMap<>();
  private final Map<String, ChannelId> ids = new HashMap<>();
  private final String[] rtds = new String[40];
  private final double[] rtdOffset = new double[40];
  private long second;
  private long sequence;

  private double bulk = 88.22;
  private double surface = 88.09;
  private double vapour;
  private double integral = 0.47;
  private double valve = 0.47;
  private double volts = 180.0;
  private double hertzA = 50.0;
  private double hertzB;
  private double impurity = 0.041;
  private double gasImpurity = 1.0;
  private double barometer = 1013.0;
  private double weather;

  /** Commands, writable by a test. */
  public double setKilovolts = 180.0;

  public boolean hvEnabled = true;
  public boolean hvReset;
  public boolean pumpAEnabled = true;
  public boolean pumpBEnabled;
  public double pumpASet = 50.0;
  public double pumpBSet = 50.0;
  public double pressureSet = 87.0;

  /** Faults, writable by a test. */
  public boolean pumpADead;

  public boolean nitrogenLost;
  public boolean tripped;
  public double streamerMicroamps;
  public double weatherMillibarsPerHour;
  public boolean valveStuck;

  public TestPlant(long seed) {
    this.random = new SplittableRandom(seed);
    for (int i = 0; i < 40; i++) {
      rtds[i] = "cryo.rtd.t%02d".formatted(i + 1);
      rtdOffset[i] = 0.01 - 0.0005 * i + 0.004 * random.nextGaussian();
    }
    this.vapour = vapourAt(pressureSet + barometer);
    for (int i = 0; i < BURN_IN_SECONDS; i++) {
      move();
    }
    impurity = 0.041;
  }

  private static final double ULLAGE_M3 = 45.0;
  private static final double GAS_KELVIN = 118.0;

  private static double vapourAt(double millibars) {
    return millibars * 100.0 * ULLAGE_M3 / (208.13 * GAS_KELVIN);
  }

  private double pressure() {
    return vapour * 208.13 * GAS_KELVIN / ULLAGE_M3 / 100.0;
  }

  private static double saturation(double kelvin) {
    return 1013.34 * Math.exp(921.0 * (1.0 / 87.303 - 1.0 / kelvin));
  }

  private double flow() {
    return 1.67 * (0.98 * hertzA + 1.03 * hertzB) / 50.0;
  }

  public long nowNs() {
    return START_NS + second * 1_000_000_000L;
  }

  public void lie(String channel, double by) {
    bias.put(channel, by);
  }

  public void stick(String channel, double at) {
    stuck.put(channel, at);
  }

  public void heal() {
    bias.clear();
    stuck.clear();
  }

  /** Moves on by a second and reports what its sensors say. */
  public List<Sample> next() {
    second++;
    move();
    List<Sample> samples = new ArrayList<>();
    report(samples);
    return samples;
  }

  private void move() {
    weather += 0.004 * random.nextGaussian() - weather / 40_000.0;
    barometer += weatherMillibarsPerHour / 3600.0 + 0.0004 * weather;
    double targetA = pumpAEnabled && !pumpADead ? pumpASet : 0.0;
    double targetB = pumpBEnabled ? pumpBSet : 0.0;
    hertzA += (targetA - hertzA) / 5.0;
    hertzB += (targetB - hertzB) / 6.0;
    if (hvReset) {
      tripped = false;
    }
    if (tripped || !hvEnabled) {
      volts *= 0.6;
    } else {
      volts += Math.clamp(setKilovolts - volts, -0.06, 0.06);
    }
    double gauge = pressure() - barometer;
    double error = gauge - pressureSet;
    integral = Math.clamp(integral + 0.018 * error / 2500.0, 0.0, 1.0);
    double command = Math.clamp(0.018 * error + integral, 0.0, 1.0);
    if (!valveStuck) {
      valve += (command - valve) / 22.0;
    }
    double power = nitrogenLost ? 0.0 : 2050.0 * (saturationKelvin(pressure()) - 80.0) * valve;
    double condensed = power / 160_400.0;
    double pumpWatts = 1500.0 * (Math.pow(hertzA / 50, 2.8) + Math.pow(hertzB / 50, 2.8));
    double heat = 6400.0 + pumpWatts;
    double circulating = flow() / 1.67;
    double mixing = 8.05e8 * (bulk - surface) / 3000.0 * (0.2 + 0.8 * circulating);
    double evaporated = 2e-4 * 75.0 * (saturation(surface) - pressure());
    bulk += (0.65 * heat - mixing) / 8.05e8;
    surface += (0.35 * heat + mixing - evaporated * 160_400.0) / 9e6;
    vapour += evaporated - condensed;
    impurity +=
        9.0e-8 - flow() / 720e3 * 0.97 * impurity + 4e-9 * gasImpurity * (1.3 - circulating);
  }

  private static double saturationKelvin(double millibars) {
    return 1.0 / (1.0 / 87.303 - Math.log(millibars / 1013.34) / 921.0);
  }

  private void report(List<Sample> out) {
    double millibars = pressure();
    double command = Math.clamp(0.018 * (millibars - barometer - pressureSet) + integral, 0.0, 1.0);
    double chain = volts * 0.0834;
    double leak = volts > 1.0 ? streamerMicroamps : 0.0;
    analogue(out, "hv.cathode.voltage", -volts, 0.03);
    analogue(out, "hv.cathode.current", chain + leak, 0.01);
    analogue(out, "hv.groundplane.gp06", 4.0 + 550.0 * leak, 0.6);
    analogue(out, "hv.beamplug.current", 2.0 + 30.0 * leak, 0.6);
    analogue(out, "cryo.pressure.absolute", millibars + 1.2, 0.08);
    analogue(out, "cryo.pressure.gauge", millibars - barometer - 0.4, 0.08);
    analogue(out, "purif.flow", flow(), 0.012);
    if (second % 2 == 0) {
      analogue(out, "env.barometer", barometer, 0.05);
      double power = nitrogenLost ? 0.0 : 2050.0 * (saturationKelvin(millibars) - 80.0) * valve;
      analogue(out, "cryo.ln2.flow", 1.1 * power / 199.0, 0.4);
      analogue(out, "cryo.condenser.valve-command", 100.0 * command, 0.02);
      analogue(out, "cryo.condenser.valve-position", 100.0 * valve + 0.3, 0.1);
      pump(out, "a", hertzA);
      pump(out, "b", hertzB);
      double drop = Math.pow(flow() / 1.67, 1.8);
      analogue(out, "purif.filter-a.dp", 85.0 * drop, 0.6);
      analogue(out, "purif.filter-b.dp", 0.0, 0.6);
      choice(out, "hv.cathode.state", tripped ? "TRIPPED" : "ON");
      commands(out);
    }
    if (second % 10 == 0) {
      for (int i = 0; i < 40; i++) {
        analogue(out, rtds[i], bulk + rtdOffset[i], 0.002);
      }
    }
    double lifetime = 0.299 / impurity;
    if (second % 60 == 0) {
      double field = Math.max(volts / 360.0, 1e-3);
      double velocity = 1.55 * Math.sqrt(field / 0.5) * (1.0 - 0.018 * (bulk - 88.3));
      double drift = Math.min(3600.0 / velocity, 50_000.0);
      double survival = field < 0.05 ? 0.1 : 0.70 + 0.07 * Math.log(field / 0.5);
      analogue(out, "mon.dqdx.anode", 58.0 * survival, 0.15);
      analogue(
          out, "mon.dqdx.cathode", 57.0 * survival * Math.exp(-drift / 1000.0 / lifetime), 0.2);
      analogue(out, "mon.crosser.drift-time", drift, 1.5);
      analogue(out, "mon.light.yield", 2.3 * (1.0 - 0.8 * survival), 0.008);
    }
    if (second % 1800 == 7) {
      for (int i = 1; i <= 3; i++) {
        double read = lifetime * (0.86 + 0.02 * i);
        analogue(out, "purif.prm" + i + ".lifetime", read, 0.01 * read);
      }
    }
  }

  private void pump(List<Sample> out, String which, double hertz) {
    double share = hertz / 50.0;
    analogue(out, "purif.pump-" + which + ".speed", hertz, 0.05);
    analogue(out, "purif.pump-" + which + ".current", 7.1 * share * share, 0.05);
    analogue(out, "purif.pump-" + which + ".dp", 640.0 * share * share, 4.0);
  }

  private void commands(List<Sample> out) {
    choice(out, "hv.cathode.enable", hvEnabled ? "ON" : "OFF");
    choice(out, "hv.cathode.reset", hvReset ? "RESET" : "IDLE");
    exact(out, "hv.cathode.voltage-set", -setKilovolts);
    exact(out, "hv.cathode.ramp-set", 60.0);
    exact(out, "cryo.pressure.set", pressureSet);
    choice(out, "cryo.condenser.mode", "AUTO");
    exact(out, "cryo.condenser.valve-manual", 45.0);
    choice(out, "purif.pump-a.enable", pumpAEnabled ? "ON" : "OFF");
    choice(out, "purif.pump-b.enable", pumpBEnabled ? "ON" : "OFF");
    exact(out, "purif.pump-a.speed-set", pumpASet);
    exact(out, "purif.pump-b.speed-set", pumpBSet);
    choice(out, "purif.filter.select", "A");
  }

  private void analogue(List<Sample> out, String channel, double truth, double noise) {
    double read = truth + noise * random.nextGaussian() + bias.getOrDefault(channel, 0.0);
    exact(out, channel, stuck.getOrDefault(channel, read));
  }

  private void exact(List<Sample> out, String channel, double value) {
    add(out, channel, Value.of(value));
  }

  private void choice(List<Sample> out, String channel, String label) {
    add(out, channel, new Value.ChoiceValue(0, label));
  }

  private void add(List<Sample> out, String channel, Value value) {
    out.add(
        new Sample(
            ids.computeIfAbsent(channel, ChannelId::new),
            value,
            Severity.NONE,
            "",
            nowNs(),
            nowNs(),
            Quality.GOOD,
            0,
            sequence++));
  }

  /** Electron lifetime at the drift field, ms: what the twin cannot see directly. */
  public double trueLifetime() {
    return 0.299 / impurity;
  }

  /** Flow, kg/s. */
  public double trueFlow() {
    return flow();
  }
}
