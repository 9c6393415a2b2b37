package org.orrery.gateway.runtime.own;

import java.util.List;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.value.Value;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;

/**
 * One of our own PVs, on every server. What did not change is not sent again, so its time stamp
 * says since when it is so. Confined to the gateway's context.
 */
final class Shown implements AutoCloseable {
  /** Alarm status class of what a device itself reports, and of what nobody knows. */
  private static final int DEVICE = 1;

  private static final int UNDEFINED = 6;

  private final List<ServedPv> pvs;
  private final PlantClock clock;
  private PvState state;

  Shown(List<ServedPv> pvs, PlantClock clock, PvState state) {
    this.pvs = pvs;
    this.clock = clock;
    this.state = state;
  }

  void show(long value) {
    show(new Value.LongValue(value), Severity.NONE, "");
  }

  void show(double value) {
    if (Double.isNaN(value)) {
      show(Value.of(value), Severity.INVALID, "not known");
    } else {
      show(Value.of(value), Severity.NONE, "");
    }
  }

  void show(String text) {
    show(Value.of(text), Severity.NONE, "");
  }

  void choose(String label, Severity severity) {
    int index = pvs.getFirst().definition().metadata().choices().indexOf(label);
    show(new Value.ChoiceValue(index, label), severity, severity == Severity.NONE ? "" : label);
  }

  void show(Value value, Severity severity, String message) {
    show(value, severity, message, clock.nowNs());
  }

  /**
   * @param timeNs plant ns
   */
  void show(Value value, Severity severity, String message, long timeNs) {
    if (!value.equals(state.value())
        || severity != state.severity()
        || !message.equals(state.message())) {
      int status =
          severity == Severity.NONE ? 0 : severity == Severity.INVALID ? UNDEFINED : DEVICE;
      state = new PvState(value, severity, status, message, timeNs);
      for (ServedPv pv : pvs) {
        pv.post(state);
      }
    }
  }

  /** What it shows cannot be trusted any more; its time stamp stays the one of its value. */
  void invalidate(String why) {
    show(state.value(), Severity.INVALID, why, state.timeNs());
  }

  @Override
  public void close() {
    pvs.forEach(ServedPv::close);
  }
}
