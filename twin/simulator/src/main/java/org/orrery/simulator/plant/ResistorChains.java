package org.orrery.simulator.plant;

/**
 * Four chains of resistors that divide the cathode voltage along the field cage, in parallel. A
 * change of one resistor moves the resistance of its chain and bends the field near it. Stateless
 * but for its knobs; not thread-safe.
 */
public final class ResistorChains {
  /** Chains. */
  public static final int COUNT = 4;

  private static final double PICK_OFF_OHM = 1.0e6;
  private static final double LAST_STRIP_OHM = 1.5e7;

  /** Share of a chain's drop by which a changed resistor shifts the potential near it [M]. */
  private static final double LOCAL_SHARE = 0.025;

  private final double ohm;
  private final double[] share = new double[COUNT];
  private final Knob[] departure = new Knob[COUNT];

  ResistorChains(double ohm, Knobs knobs, SimRandom random) {
    this.ohm = ohm;
    double sum = 0.0;
    for (int i = 0; i < COUNT; i++) {
      share[i] = random.uniform(0.99, 1.01);
      sum += share[i];
    }
    for (int i = 0; i < COUNT; i++) {
      share[i] /= sum;
      departure[i] =
          knobs.add(
              "hv.chain.c" + (i + 1) + ".departure",
              "1",
              0.0,
              -0.5,
              1e6,
              "Departure of the resistance of the chain, as a share; 1e6 is an open chain");
    }
  }

  private double conductance(int chain) {
    return 1.0 / (1.0 + departure[chain].value());
  }

  /** Resistance of all chains in parallel, ohm. */
  double ohm() {
    double lost = 0.0;
    for (int i = 0; i < COUNT; i++) {
      lost += share[i] * (1.0 - conductance(i));
    }
    return ohm / (1.0 - lost);
  }

  /** Voltage at the pick-off of chain {@code index} from 0, V. */
  double pickOffVolts(int index, double cathodeVolts) {
    double chainAmps = cathodeVolts / ohm * share[index];
    return chainAmps * PICK_OFF_OHM * conductance(index);
  }

  /** Potential of the last strip before the anode, V (magnitude): current of all chains. */
  double lastStripVolts(double cathodeVolts) {
    return cathodeVolts / ohm() * LAST_STRIP_OHM;
  }

  /** Greatest shift of the potential near a chain, as a share of the cathode voltage. */
  double fieldDistortion() {
    double most = 0.0;
    for (int i = 0; i < COUNT; i++) {
      most = Math.max(most, Math.abs(1.0 - conductance(i)));
    }
    return LOCAL_SHARE * most;
  }
}
