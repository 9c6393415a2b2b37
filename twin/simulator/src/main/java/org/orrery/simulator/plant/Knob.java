package org.orrery.simulator.plant;

/**
 * A number of the detector that something outside its own physics may change: a fault, ageing, a
 * fault file. At rest it has its neutral value. Written by the fault board, read by the subsystem
 * that owns it; not thread-safe.
 */
public final class Knob {
  private final String id;
  private final String unit;
  private final double neutral;
  private final double least;
  private final double most;
  private final String description;
  private double value;
  private double pushes;

  Knob(String id, String unit, double neutral, double least, double most, String description) {
    if (!(least <= neutral && neutral <= most)) {
      throw new IllegalArgumentException(id + ": neutral outside its range");
    }
    this.id = id;
    this.unit = unit;
    this.neutral = neutral;
    this.least = least;
    this.most = most;
    this.description = description;
    this.value = neutral;
  }

  /** Returns the stable name, for example {@code purif.pump-a.slip}. */
  public String id() {
    return id;
  }

  /** Returns the unit as a UCUM code, {@code 1} for a plain number. */
  public String unit() {
    return unit;
  }

  /** Returns the value of a healthy detector. */
  public double neutral() {
    return neutral;
  }

  /** Returns the least value that it takes; lower ones are taken as this. */
  public double least() {
    return least;
  }

  /** Returns the greatest value that it takes; higher ones are taken as this. */
  public double most() {
    return most;
  }

  /** Returns one line for people. */
  public String description() {
    return description;
  }

  /** Returns the present value. */
  public double value() {
    return value;
  }

  /** Returns whether it is set, for a knob whose neutral value is 0 and whose other end is 1. */
  public boolean isOn() {
    return value >= 0.5;
  }

  void rest() {
    pushes = 0.0;
    value = neutral;
  }

  /** Adds to the neutral value; several pushes at a time add up before the range is applied. */
  public void push(double amount) {
    pushes += amount;
    value = Math.clamp(neutral + pushes, least, most);
  }
}
