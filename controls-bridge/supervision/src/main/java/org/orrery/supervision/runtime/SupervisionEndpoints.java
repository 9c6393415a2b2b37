package org.orrery.supervision.runtime;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.contract.command.DryRun;
import org.orrery.contract.proposal.Proposal;
import org.orrery.supervision.core.lifecycle.ProposalMachine;
import org.orrery.supervision.runtime.audit.AuditVerifier;
import org.orrery.supervision.runtime.store.ProposalStore;

/** Answers what others ask about proposals and the record. For one context; not thread-safe. */
final class SupervisionEndpoints {
  /** Most proposals that a list has, the newest. */
  static final int LISTED = 200;

  private static final int AUDIT_PAGE = 500;

  private final RoomContext room;
  private final ProposalStore store;
  private final RecordKeeper keeper;
  private final Desk desk;
  private final ProposalMachine machine;
  private final BooleanSupplier loaded;

  /**
   * @param loaded whether the record was read since the start
   */
  SupervisionEndpoints(
      RoomContext room,
      ProposalStore store,
      RecordKeeper keeper,
      Desk desk,
      ProposalMachine machine,
      BooleanSupplier loaded) {
    this.room = room;
    this.store = store;
    this.keeper = keeper;
    this.desk = desk;
    this.machine = machine;
    this.loaded = loaded;
  }

  /** Serves all of them on the calling context; the caller ends them. */
  List<Bus.Subscription> serve(Decisions decisions, AuditVerifier verifier) {
    Bus bus = room.bus();
    return List.of(
        bus.serve(Endpoints.PROPOSALS_LIST, q -> Future.succeededFuture(newestFirst())),
        bus.serve(
            Endpoints.PROPOSALS_GET,
            id ->
                desk.find(id).isPresent()
                    ? Future.succeededFuture(desk.find(id))
                    : keeper.read(() -> store.find(id))),
        bus.serve(Endpoints.PROPOSALS_DRY_RUN, this::dryRun),
        bus.serve(
            Endpoints.PROPOSALS_CLAIMS,
            q ->
                Future.succeededFuture(
                    loaded.getAsBoolean()
                        ? Optional.of(Claims.of(desk.known()))
                        : Optional.empty())),
        bus.serve(
            Endpoints.PROPOSALS_DECIDE,
            request -> decisions.decide(request, loaded.getAsBoolean())),
        bus.serve(
            Endpoints.AUDIT_LIST, after -> keeper.read(() -> store.auditAfter(after, AUDIT_PAGE))),
        bus.serve(Endpoints.AUDIT_VERIFY, q -> keeper.read(verifier::verify)));
  }

  private Future<Optional<DryRun>> dryRun(DryRun.Query query) {
    Optional<Proposal> found = desk.find(query.proposal());
    if (found.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    DryRun.Request request =
        new DryRun.Request(
            machine.rehearsedCommands(found.get(), query.person(), room.wallClock().nowNs()));
    return room.bus().request(Endpoints.GATE_DRY_RUN, request).map(Optional::of);
  }

  private List<Proposal> newestFirst() {
    List<Proposal> newest = new ArrayList<>(desk.known());
    Collections.reverse(newest);
    return List.copyOf(newest.subList(0, Math.min(LISTED, newest.size())));
  }
}
