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

  /** Share of the nominal chain current that leaks on the supply side of the filter. */
  public double supplyLeakShare;

  /** Slip of pump B: 0 is healthy, 1 is standing still. */
  public double pumpBSlip;

  /** Share of its efficiency that filter A has lost. */
  public double filterALoss;

  /** Share of its efficiency that filter B has lost. */
  public double filterBLoss;

  /** Whether the nitrogen valve no longer follows its command. */
  public boolean nitrogenValveStuck;

  /** Slip of pump A: 0 is healthy, 1 is standing still. */
  public double pumpASlip;

  /** Share of the nitrogen supply that is lost. */
  public double nitrogenLoss;

  /** Departure of the atmospheric pressure, mbar. */
  public double weatherMillibar;
}
