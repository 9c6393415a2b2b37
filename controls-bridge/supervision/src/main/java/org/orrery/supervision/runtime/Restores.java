package org.orrery.supervision.runtime;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.contract.Person;
import org.orrery.contract.Reply;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.snapshot.RestoreListing;
import org.orrery.contract.snapshot.RestoreRequest;
import org.orrery.contract.snapshot.Snapshot;
import org.orrery.supervision.core.audit.RestoreEntries;
import org.orrery.supervision.core.lifecycle.TimeLimits;
import org.orrery.supervision.core.restore.Restore;
import org.orrery.supervision.core.restore.RestorePlanner;

/**
 * Makes proposals of the wish to restore a snapshot; from there on they go the way of all others.
 * One restore is open at a time: two would wait for each other's devices. For one context; not
 * thread-safe.
 */
final class Restores {
  private final RoomContext room;
  private final Desk desk;
  private final RecordKeeper keeper;
  private final ChannelView view;
  private final RestorePlanner planner;
  private final long openForNs;
  private final BooleanSupplier loaded;
  private Optional<OperationsState> operations = Optional.empty();

  /**
   * @param access who may ask for what
   * @param openForNs how long a proposal may wait for its decision, wall ns
   * @param loaded whether the record was read, so that proposals can be made
   */
  Restores(
      RoomContext room,
      Desk desk,
      RecordKeeper keeper,
      ChannelView view,
      AccessRules access,
      long openForNs,
      BooleanSupplier loaded) {
    this.room = room;
    this.desk = desk;
    this.keeper = keeper;
    this.view = view;
    this.planner = new RestorePlanner(room.facility(), access, room.plantClock().factor());
    this.openForNs = openForNs;
    this.loaded = loaded;
  }

  List<Bus.Subscription> listen() {
    Bus bus = room.bus();
    List<Bus.Subscription> subscriptions = new ArrayList<>();
    subscriptions.add(bus.subscribe(Topics.OPERATIONS, state -> operations = Optional.of(state)));
    subscriptions.add(bus.serve(Endpoints.RESTORE_LIST, this::list));
    subscriptions.add(bus.serve(Endpoints.RESTORE_PROPOSE, this::propose));
    bus.request(Endpoints.OPERATIONS_STATE, Nothing.NOTHING)
        .onSuccess(state -> operations = operations.or(() -> Optional.of(state)));
    return subscriptions;
  }

  private Future<Reply<RestoreListing>> list(RestoreRequest request) {
    return snapshot(request)
        .map(
            found ->
                switch (found) {
                  case Reply.Declined<Snapshot> declined -> new Reply.Declined<>(declined.reason());
                  case Reply.Done<Snapshot> done ->
                      new Reply.Done<>(think(request, done.value()).listing());
                });
  }

  private Future<Reply<Proposal>> propose(RestoreRequest request) {
    if (!request.person().has(Person.Role.EXPERT)) {
      return declined(request.person().name() + " does not have the role EXPERT, who proposes");
    }
    if (request.reason().isBlank()) {
      return declined("a restore needs a reason; say why");
    }
    if (!loaded.getAsBoolean()) {
      return declined("the record cannot be read yet, so nothing is proposed; is the database up?");
    }
    return snapshot(request)
        .compose(
            found ->
                switch (found) {
                  case Reply.Declined<Snapshot> declined -> declined(declined.reason());
                  case Reply.Done<Snapshot> done -> propose(request, done.value());
                });
  }

  private Future<Reply<Proposal>> propose(RestoreRequest request, Snapshot snapshot) {
    List<String> against = new ArrayList<>();
    return desk.make(() -> drafted(request, snapshot, against))
        .map(
            result ->
                switch (result) {
                  case Result.Moved moved -> {
                    Proposal made = moved.proposal();
                    keeper.note(
                        RestoreEntries.asked(
                            request, snapshot, made.id(), room.wallClock().nowNs()));
                    yield new Reply.Done<>(made);
                  }
                  case Result.NotOnRecord not ->
                      new Reply.Declined<>(
                          "the proposal cannot be put on record; try again when the database is"
                              + " back ("
                              + not.why()
                              + ")");
                  case Result.NoSuchProposal _,
                      Result.Stayed _,
                      Result.TooLate _,
                      Result.TooMany _ ->
                      new Reply.Declined<>(
                          against.isEmpty()
                              ? "an error of ours kept it from being proposed; see the log"
                              : String.join("; ", against));
                });
  }

  /** Looked at when its turn has come: the readings are those of the very proposal. */
  private Optional<Proposal> drafted(
      RestoreRequest request, Snapshot snapshot, List<String> against) {
    desk.known().stream()
        .filter(p -> !p.state().terminal() && p.plan().playbook().equals(Restore.PLAYBOOK))
        .forEach(
            p -> against.add("proposal " + p.id() + " is a restore and open; decide it first"));
    Restore restore = think(request, snapshot);
    restore.objection().ifPresent(against::add);
    if (!against.isEmpty()) {
      return Optional.empty();
    }
    long nowNs = room.wallClock().nowNs();
    ProposalId id = new ProposalId(room.ids().next());
    return Optional.of(
        new Proposal(
            id,
            1,
            new TimeLimits(room.facility(), room.plantClock().factor())
                .limited(restore.plan(request, snapshot, room.facility(), id, nowNs + openForNs)),
            Optional.empty(),
            Optional.empty(),
            new ProposalState.Draft(nowNs),
            List.of(),
            nowNs));
  }

  private Restore think(RestoreRequest request, Snapshot snapshot) {
    return planner.think(request, snapshot, view.readings(), operations);
  }

  private Future<Reply<Snapshot>> snapshot(RestoreRequest request) {
    return room.bus()
        .request(Endpoints.SNAPSHOTS_GET, request.snapshot())
        .map(
            found ->
                found
                    .<Reply<Snapshot>>map(Reply.Done::new)
                    .orElseGet(
                        () -> new Reply.Declined<>("there is no snapshot " + request.snapshot())))
        .recover(
            failure ->
                declined("the snapshot cannot be read (" + failure.getMessage() + "); try again"));
  }

  private static <T> Future<Reply<T>> declined(String why) {
    return Future.succeededFuture(new Reply.Declined<>(why));
  }
}
