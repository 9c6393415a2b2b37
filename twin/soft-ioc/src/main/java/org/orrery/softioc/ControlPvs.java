package org.orrery.softioc;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.Range;
import org.orrery.epics.server.PutDecision;
import org.orrery.epics.server.PutHandler;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;
import org.orrery.simulator.ActiveFault;
import org.orrery.simulator.fault.Fault;

/**
 * PVs of the simulator itself, which no detector has: faults are started and looked up here, past
 * Orrery. They stand in no facility description, so Orrery's write gate cannot reach them.
 * Thread-safe.
 */
final class ControlPvs {
  /** Takes one line of the simulator's own control; shows its answer. */
  static final String FAULT = "LAR:SIM:FAULT";

  /** The faults that are going on, one a line. */
  static final String TRUTH = "LAR:SIM:TRUTH";

  /** Counts up once a wall second. */
  static final String HEARTBEAT = "LAR:SIM:HEARTBEAT";

  private final PlantClock clock;
  private final ServedPv fault;
  private final ServedPv truth;
  private final ServedPv heartbeat;
  private long beats;
  private String shownTruth = "";

  ControlPvs(
      PvServer server, PlantClock clock, Function<String, CompletionStage<PutDecision>> command) {
    this.clock = clock;
    PutHandler onCommand =
        value -> command.apply(value instanceof Value.TextValue text ? text.value() : "");
    this.fault =
        server.create(
            PvDefinition.writable(
                FAULT, text("control of the simulator: F5 start, F5 clear, list"), onCommand),
            now(Value.of("")));
    this.truth =
        server.create(
            PvDefinition.readOnly(TRUTH, text("faults going on in the simulator")),
            now(Value.of("")));
    this.heartbeat =
        server.create(
            PvDefinition.readOnly(
                HEARTBEAT,
                new PvMetadata(
                    ValueKind.LONG,
                    "",
                    "counts wall seconds",
                    Range.NONE,
                    Range.NONE,
                    Limits.NONE,
                    List.of())),
            now(new Value.LongValue(0)));
  }

  private static PvMetadata text(String description) {
    return new PvMetadata(
        ValueKind.TEXT, "", description, Range.NONE, Range.NONE, Limits.NONE, List.of());
  }

  private PvState now(Value value) {
    return PvState.normal(value, clock.nowNs());
  }

  void showReply(String reply) {
    fault.post(now(Value.of(reply)));
  }

  void showTruth(List<ActiveFault> faults) {
    String lines =
        faults.stream()
            .map(
                active -> {
                  Fault fault = active.fault();
                  String which = fault.target().isEmpty() ? "" : " " + fault.target();
                  return fault.code() + which + ": " + active.cause();
                })
            .collect(Collectors.joining("\n"));
    if (!lines.equals(shownTruth)) {
      shownTruth = lines;
      truth.post(now(Value.of(lines)));
    }
  }

  void beat() {
    heartbeat.post(now(new Value.LongValue(++beats)));
  }
}
