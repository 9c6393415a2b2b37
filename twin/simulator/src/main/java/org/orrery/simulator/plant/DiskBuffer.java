package org.orrery.simulator.plant;

/**
 * Disks on which events are written until they have been sent away. A cleaner deletes what was sent
 * as soon as less than {@value #CLEAN_BELOW_PERCENT} percent are free. Capacity is a modelling
 * default [M]. Advanced by the plant; not thread-safe.
 */
public final class DiskBuffer {
  private static final double CAPACITY_TERABYTES = 300.0;
  private static final double MEGABYTES_PER_TERABYTE = 1e6;
  private static final double CLEAN_BELOW_PERCENT = 40.0;
  private static final double CLEAN_STOPS_PERCENT = 46.0;
  private static final double FULL_BELOW_PERCENT = 1.0;
  private static final double USABLE_ABOVE_PERCENT = 3.0;

  /** Speed at which files are deleted: everything within a few minutes. */
  private static final double DELETED_TERABYTES_PER_SECOND = 1.0;

  private final Knob cleanerStuck;
  private final Knob foreignPerHour;
  private double waiting;
  private double kept;
  private double foreign;
  private boolean cleaning;
  private boolean sweeping;
  private boolean full;

  DiskBuffer(Knobs knobs, SimRandom random) {
    this.cleanerStuck = knobs.share("daq.disk.cleaner-stuck", "The cleaner of the disks is stuck");
    this.foreignPerHour =
        knobs.add("daq.disk.foreign", "TBy/h", 0.0, 0.0, 500.0, "Data of others on the disks");
    this.kept = CAPACITY_TERABYTES * random.uniform(0.48, 0.54);
  }

  void advance(double dtSeconds, double writtenMegabytes) {
    waiting += writtenMegabytes / MEGABYTES_PER_TERABYTE;
    double room = CAPACITY_TERABYTES - used();
    foreign += Math.clamp(foreignPerHour.value() * dtSeconds / 3600.0, 0.0, Math.max(0.0, room));
    double free = freePercent();
    cleaning = !cleanerStuck.isOn() && (free < CLEAN_BELOW_PERCENT || cleaning);
    cleaning = cleaning && free < CLEAN_STOPS_PERCENT && kept > 0.0;
    sweeping = sweeping && kept + foreign > 0.0;
    if (cleaning || sweeping) {
      double most = DELETED_TERABYTES_PER_SECOND * dtSeconds;
      double goal = sweeping ? most : (CLEAN_STOPS_PERCENT - free) / 100.0 * CAPACITY_TERABYTES;
      delete(Math.min(most, goal));
    }
    double now = freePercent();
    full = full ? now < USABLE_ABOVE_PERCENT : now < FULL_BELOW_PERCENT;
  }

  private void delete(double terabytes) {
    double mine = Math.min(kept, Math.max(0.0, terabytes));
    kept -= mine;
    if (sweeping) {
      foreign = Math.max(0.0, foreign - (terabytes - mine));
    }
  }

  /** Deletes all that was sent, and what others left. */
  public void sweep() {
    sweeping = true;
  }

  /** Takes note of data that were sent away, TB. */
  void sent(double megabytes) {
    double terabytes = Math.min(waiting, megabytes / MEGABYTES_PER_TERABYTE);
    waiting -= terabytes;
    kept += terabytes;
  }

  private double used() {
    return waiting + kept + foreign;
  }

  /** Free space, percent. */
  public double freePercent() {
    return Math.max(0.0, 100.0 * (1.0 - used() / CAPACITY_TERABYTES));
  }

  /** Data not yet sent, MB. */
  public double waitingMegabytes() {
    return waiting * MEGABYTES_PER_TERABYTE;
  }

  /** Returns whether nothing more can be written. */
  public boolean full() {
    return full;
  }

  void exchange(StateCodec codec) {
    waiting = codec.ofDouble(waiting);
    kept = codec.ofDouble(kept);
    foreign = codec.ofDouble(foreign);
    cleaning = codec.ofBoolean(cleaning);
    sweeping = codec.ofBoolean(sweeping);
    full = codec.ofBoolean(full);
  }
}
