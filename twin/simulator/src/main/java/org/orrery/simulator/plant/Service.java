package org.orrery.simulator.plant;

/** Work of the crew on a part, which is out of use meanwhile. Not thread-safe. */
public final class Service {
  private final double lengthSeconds;
  private double leftSeconds;

  Service(double lengthSeconds) {
    this.lengthSeconds = lengthSeconds;
  }

  /** Goes on with the work; returns whether it has just been finished. */
  boolean advance(double dtSeconds) {
    if (leftSeconds <= 0.0) {
      return false;
    }
    leftSeconds -= dtSeconds;
    return leftSeconds <= 0.0;
  }

  /** Returns whether the work is going on. */
  public boolean busy() {
    return leftSeconds > 0.0;
  }

  /** Begins the work, or gives it up without effect. */
  public void ask(boolean wanted) {
    if (wanted != busy()) {
      leftSeconds = wanted ? lengthSeconds : 0.0;
    }
  }

  void exchange(StateCodec codec) {
    leftSeconds = codec.ofDouble(leftSeconds);
  }
}
