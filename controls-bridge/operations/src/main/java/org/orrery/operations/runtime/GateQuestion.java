package org.orrery.operations.runtime;

import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.operations.TagOut;
import org.orrery.operations.core.UnderWay;

/** Asks the gate which writes to what has just been tagged out may still arrive. Thread-safe. */
final class GateQuestion {
  /** The gate answers at once or not at all, and whoever tags out waits for five seconds. */
  private static final long PATIENCE_MS = 2_000;

  private final Bus bus;
  private final Facility facility;

  GateQuestion(Bus bus, Facility facility) {
    this.bus = bus;
    this.facility = facility;
  }

  /**
   * What the owner must know before they touch the device; empty for nothing. The gate has been
   * told of the tag-out when it answers, so that it begins no further write.
   */
  Future<List<String>> about(TagOut tag) {
    return bus.request(Endpoints.GATE_LOG, Nothing.NOTHING)
        .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
        .map(
            log ->
                UnderWay.on(tag, log, facility).stream()
                    .map(
                        write ->
                            "a write is under way there, "
                                + write
                                + "; wait for its end, and look at the device before you touch it")
                    .toList())
        .otherwise(
            List.of(
                "the gate does not answer, so whether it writes there now is not known; look at"
                    + " the device before you touch it"));
  }
}
