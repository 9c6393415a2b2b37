package org.orrery.simulator.plant;

/**
 * What the active faults do to the plant at this moment. Written by the fault board only; not
 * thread-safe.
 */
public final class FaultInputs {
  /** Share of the nominal chain current that a streamer draws, 0 for none. */
  public double streamerShare;

  /** Whether the high-voltage supply is told to trip. */
  public boolean tripHighVoltage;

  /** Slip of pump A: 0 is healthy, 1 is standing still. */
  public double pumpASlip;

  /** Share of the nitrogen supply that is lost. */
  public double nitrogenLoss;

  /** Departure of the atmospheric pressure, mbar. */
  public double weatherMillibar;
}
