package org.orrery.simulator;

import java.util.List;
import java.util.Optional;

/**
 * A simulated detector, stepped by its caller. Not thread-safe: one caller at a time.
 *
 * <p>Time is plant time in nanoseconds since the epoch. Everything random comes from the seed, so that the same seed and
 * the same calls give the same bytes.
 */
public final class DetectorSimulator {
  public DetectorSimulator(SimulatorConfig config, long startPlantTimeNs) {}

  /** Returns all channels, in a stable order. */
  public List<SimulatedChannel> channels() {
    return List.of();
  }

  /** Returns the channel of that id. */
  public Optional<SimulatedChannel> channel(String channelId) {
    return Optional.empty();
  }

  /** Returns the plant time up to which the detector has been stepped. */
  public long timeNs() {
    return 0;
  }

  /**
   * Lets the detector live until {@code toPlantTimeNs} and returns the readings due in between, in order of time. A time
   * in the past changes nothing and returns what is pending.
   */
  public List<Reading> step(long toPlantTimeNs) {
    return List.of();
  }

  /** Returns the latest reading of every channel, in the order of {@link #channels()}. */
  public List<Reading> snapshot() {
    return List.of();
  }

  /**
   * Writes to a device at {@code timeNs}. The reading that shows the new set value comes with the next {@link #step}.
   *
   * @return whether the device took the value; a refusal changes nothing
   */
  public PutResult put(String channelId, SimValue value, long timeNs) {
    return new PutResult.Refused("not implemented");
  }

  /** Starts a fault now; one that is already active (same code, same sensor) is replaced. */
  public void injectFault(FaultSpec spec) {}

  /** Ends all active faults of that code now; returns whether there was one. */
  public boolean clearFault(FaultCode code) {
    return false;
  }

  /**
   * Carries out one line of the simulator's own control: {@code F5 start}, {@code F5 start severity=0.5 ramp=600}, {@code
   * F21 start channel=cryo.rtd.t07 bias=0.8} (or stuck=, drift= per hour, noise=, dead), {@code F5 clear}, {@code clear
   * all}, {@code list}.
   */
  public CommandReply command(String line) {
    return new CommandReply(false, "not implemented");
  }

  /** Returns the faults that are going on. */
  public List<ActiveFault> truth() {
    return List.of();
  }

  /** Returns the whole state, including the random state, as bytes. */
  public byte[] save() {
    return new byte[0];
  }

  /**
   * Replaces the whole state by one that {@link #save} gave for the same configuration.
   *
   * @throws IllegalArgumentException if the bytes come from another version or configuration
   */
  public void restore(byte[] state) {}
}
