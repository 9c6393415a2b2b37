package org.orrery.supervision.runtime;

import io.vertx.core.Future;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.bus.Topics;
import org.orrery.contract.audit.AuditRecord;
import org.orrery.contract.command.GateRecord;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.time.WallClock;
import org.orrery.supervision.core.audit.AuditEntry;
import org.orrery.supervision.core.audit.HouseEntries;
import org.orrery.supervision.runtime.json.RecordJson;
import org.orrery.supervision.runtime.store.ProposalStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts on record what the gate says, who stops and releases writing, and who takes control. What
 * was said before anybody listened is asked for: the gate's own log is compared with the record
 * whenever the gateway was away, and the first states of the writing switch and of control are put
 * on record as found. For one context; not thread-safe.
 */
final class HouseRecord {
  private static final Logger LOG = LoggerFactory.getLogger(HouseRecord.class);

  /** Twice what the gate's log holds. */
  private static final int MOST_HEARD = 1_000;

  /** Many times what the gate says about all commands of its log. */
  private static final int MOST_ON_RECORD = 10_000;

  private final Bus bus;
  private final RecordKeeper keeper;
  private final ProposalStore store;
  private final WallClock clock;
  private final LinkedHashSet<GateRecord> heard = new LinkedHashSet<>();
  private Optional<WritingState> writing = Optional.empty();
  private Optional<OperationsState> operations = Optional.empty();
  private boolean catchingUp;
  private boolean caughtUp;

  HouseRecord(Bus bus, RecordKeeper keeper, ProposalStore store, WallClock clock) {
    this.bus = bus;
    this.keeper = keeper;
    this.store = store;
    this.clock = clock;
  }

  List<Bus.Subscription> listen() {
    return List.of(
        bus.subscribe(Topics.GATE_RECORDS, this::gate),
        bus.subscribe(Topics.WRITING_STATE, this::writing),
        bus.subscribe(Topics.OPERATIONS, this::operations));
  }

  /**
   * Asks for what is not known yet; to be called about every second.
   *
   * @param loaded whether the record can be read
   */
  void tick(boolean loaded) {
    if (writing.isEmpty()) {
      bus.request(Endpoints.GATE_WRITING_STATE, Nothing.NOTHING)
          .onSuccess(
              found -> {
                if (writing.isEmpty()) {
                  writing(found);
                }
              })
          .onFailure(failure -> notYet("the writing switch", failure));
    }
    if (operations.isEmpty()) {
      bus.request(Endpoints.OPERATIONS_STATE, Nothing.NOTHING)
          .onSuccess(
              found -> {
                if (operations.isEmpty()) {
                  operations(found);
                }
              })
          .onFailure(failure -> notYet("control and tag-outs", failure));
    }
    if (loaded && !caughtUp && !catchingUp) {
      catchUp();
    }
  }

  private static void notYet(String what, Throwable failure) {
    LOG.debug("{} cannot be asked for yet: {}", what, failure.getMessage());
  }

  private void catchUp() {
    catchingUp = true;
    // Before the answer, so that what is heard meanwhile can ask for another round.
    caughtUp = true;
    bus.request(Endpoints.GATE_LOG, Nothing.NOTHING)
        .compose(
            log ->
                log.isEmpty()
                    ? Future.succeededFuture(log)
                    : onRecord(log).map(known -> missing(log, known)))
        .onSuccess(
            missing -> {
              missing.forEach(this::remember);
              missing.forEach(this::note);
            })
        .onFailure(
            failure -> {
              caughtUp = false;
              notYet("the gate's log", failure);
            })
        .onComplete(done -> catchingUp = false);
  }

  private Future<List<AuditRecord>> onRecord(List<GateRecord> log) {
    Set<String> commands =
        log.stream().map(r -> r.command().id().value()).collect(Collectors.toSet());
    return keeper.read(() -> store.auditAbout(commands, MOST_ON_RECORD));
  }

  private List<GateRecord> missing(List<GateRecord> log, List<AuditRecord> known) {
    Set<String> said = new HashSet<>();
    known.forEach(entry -> said.add(entry.action() + entry.content()));
    return log.stream()
        .filter(record -> !heard.contains(record))
        .filter(
            record -> {
              AuditEntry entry = HouseEntries.gate(record, clock.nowNs());
              return !said.contains(entry.action() + RecordJson.write(entry.content()));
            })
        .toList();
  }

  private void gate(GateRecord record) {
    remember(record);
    note(record);
  }

  /** What was heard may not be in the record yet when that is read. */
  private void remember(GateRecord record) {
    heard.add(record);
    if (heard.size() > MOST_HEARD) {
      heard.removeFirst();
    }
  }

  private void note(GateRecord record) {
    keeper.note(HouseEntries.gate(record, clock.nowNs()));
  }

  /** The detector mode as operations told it last. */
  Optional<String> mode() {
    return operations.map(OperationsState::mode);
  }

  /**
   * The gateway says this whenever it starts or is heard again; what it said in between may have
   * been lost on the way, so its log is compared once more.
   */
  private void writing(WritingState now) {
    caughtUp = false;
    HouseEntries.writing(writing, now, clock.nowNs()).ifPresent(keeper::note);
    writing = Optional.of(now);
  }

  private void operations(OperationsState now) {
    HouseEntries.operations(operations, now, clock.nowNs()).forEach(keeper::note);
    operations = Optional.of(now);
  }
}
