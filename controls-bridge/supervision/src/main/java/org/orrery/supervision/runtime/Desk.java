package org.orrery.supervision.runtime;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.time.WallClock;
import org.orrery.supervision.core.audit.ProposalEntries;
import org.orrery.supervision.core.lifecycle.Effect;
import org.orrery.supervision.core.lifecycle.Event;
import org.orrery.supervision.core.lifecycle.ProposalMachine;
import org.orrery.supervision.core.lifecycle.Transition;
import org.orrery.supervision.runtime.store.ProposalStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves proposals, one event after the other: the machine decides, the record is written, and only
 * then the effects are carried out and the change is published. What is not on record has not
 * happened. For one context; not thread-safe.
 */
final class Desk {
  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

  /** As many as are listed; older ones are only on record. */
  private static final int KEPT = 200;

  /** For what must come on record however late. */
  private static final long ANY_TIME = Long.MAX_VALUE;

  private final ProposalMachine machine;
  private final RecordKeeper keeper;
  private final WallClock clock;
  private final Outlet outlet;
  private final Map<ProposalId, Proposal> known = new TreeMap<>();
  private final Turns turns = new Turns();
  private final Set<ProposalId> doubtful = new TreeSet<>();
  private final Set<ProposalId> settling = new TreeSet<>();
  private final Set<ProposalId> passing = new TreeSet<>();
  private final Set<ProposalId> broken = new TreeSet<>();

  Desk(ProposalMachine machine, RecordKeeper keeper, WallClock clock, Outlet outlet) {
    this.machine = machine;
    this.keeper = keeper;
    this.clock = clock;
    this.outlet = outlet;
  }

  /** Proposals in order of their making. */
  Collection<Proposal> known() {
    return known.values();
  }

  /** False while it is not known whether some change reached the record. */
  boolean settled() {
    return doubtful.isEmpty();
  }

  Optional<Proposal> find(ProposalId id) {
    return Optional.ofNullable(known.get(id));
  }

  /**
   * Takes a proposal that was read from the record, tells everybody (the gate forgot who holds a
   * device, too), and goes on with it where it was.
   */
  void resume(Proposal proposal) {
    known.put(proposal.id(), proposal);
    outlet.changed(proposal);
    machine.resume(proposal).forEach(effect -> outlet.carryOut(proposal, effect));
  }

  /**
   * Tells everybody about every proposal that is not at its end, as it stands; for who has just
   * started and missed it. Harmless for all others: nothing changes.
   */
  void tellAgain() {
    known.values().stream().filter(p -> !p.state().terminal()).forEach(outlet::told);
  }

  /** Takes a proposal at its end that was read from the record. */
  void keep(Proposal proposal) {
    if (known.putIfAbsent(proposal.id(), proposal) == null) {
      outlet.changed(proposal);
    }
  }

  /** Makes a proposal, if the supplier still wants one when its turn comes. */
  Future<Result> make(Supplier<Optional<Proposal>> draft) {
    Promise<Result> promise = Promise.promise();
    turns.take(
        () -> {
          Optional<Proposal> wanted = wanted(draft);
          if (wanted.isEmpty()) {
            finish(promise, new Result.NoSuchProposal());
            return;
          }
          Proposal proposal = wanted.get();
          keeper
              .save(proposal, List.of(ProposalEntries.made(proposal, clock.nowNs())))
              .onSuccess(
                  saved -> {
                    forgetOldest();
                    onRecord(proposal, machine.resume(proposal));
                    finish(promise, new Result.Moved(proposal));
                  })
              .onFailure(
                  failure -> {
                    doubtful.add(proposal.id());
                    finish(promise, Result.NotOnRecord.because(failure));
                  });
        });
    return promise.future();
  }

  private static Optional<Proposal> wanted(Supplier<Optional<Proposal>> draft) {
    try {
      return draft.get();
    } catch (RuntimeException e) {
      LOG.error("a playbook met an error of ours; nothing is proposed", e);
      return Optional.empty();
    }
  }

  /**
   * A person's decision. It counts in time or not at all: whoever was told that nothing is known of
   * it must not find it carried out later.
   *
   * @param byNs until when it may count, wall ns
   */
  Future<Result> decide(ProposalId id, Function<Proposal, Event> event, long byNs) {
    return turns.crowded()
        ? Future.succeededFuture(new Result.TooMany(turns.waiting()))
        : move(id, event, byNs);
  }

  private Future<Result> move(ProposalId id, Function<Proposal, Event> event, long byNs) {
    Promise<Result> promise = Promise.promise();
    turns.take(
        () -> {
          try {
            apply(id, event, byNs, promise);
          } catch (RuntimeException e) {
            promise.tryFail(e);
            broke(id, e);
            turns.over();
          }
        });
    return promise.future();
  }

  /**
   * An event that happened: it is tried again until it is on record, or no longer moves anything.
   */
  void happened(ProposalId id, Function<Proposal, Event> event) {
    move(id, event, ANY_TIME)
        .onSuccess(
            result -> {
              if (result instanceof Result.NotOnRecord) {
                outlet.later(() -> happened(id, event));
              }
            });
  }

  /** Lets time pass for every proposal that it may move. */
  void timePasses() {
    List.copyOf(doubtful).forEach(this::settle);
    for (Proposal proposal : List.copyOf(known.values())) {
      ProposalId id = proposal.id();
      boolean due =
          !proposal.state().terminal()
              && machine.step(proposal, new Event.TimePassed(), clock.nowNs())
                  instanceof Transition.Moved;
      if (due && passing.add(id)) {
        move(id, p -> new Event.TimePassed(), ANY_TIME).onComplete(done -> passing.remove(id));
      }
    }
  }

  private void apply(
      ProposalId id, Function<Proposal, Event> how, long byNs, Promise<Result> promise) {
    Proposal before = known.get(id);
    if (before == null) {
      finish(promise, new Result.NoSuchProposal());
      return;
    }
    long nowNs = clock.nowNs();
    if (nowNs > byNs) {
      finish(promise, new Result.TooLate());
      return;
    }
    Event event = how.apply(before);
    switch (machine.step(before, event, nowNs)) {
      case Transition.Stayed stayed -> finish(promise, new Result.Stayed(stayed.refusal()));
      case Transition.Moved moved -> {
        Proposal after = moved.next();
        keeper
            .save(after, ProposalEntries.moved(before, event, after, moved.effects(), nowNs), byNs)
            .onSuccess(
                saved -> {
                  onRecord(after, moved.effects());
                  finish(promise, new Result.Moved(after));
                })
            .onFailure(failure -> notSaved(id, failure, promise));
      }
    }
  }

  private void onRecord(Proposal proposal, List<Effect> effects) {
    known.put(proposal.id(), proposal);
    if (!turns.open()) {
      return;
    }
    try {
      outlet.changed(proposal);
      effects.forEach(effect -> outlet.carryOut(proposal, effect));
    } catch (RuntimeException e) {
      broke(proposal.id(), e);
    }
  }

  /**
   * A bug of ours ends the proposal where nothing was written, and holds it where something was.
   */
  private void broke(ProposalId id, RuntimeException bug) {
    LOG.error("proposal {} met an error of ours", id, bug);
    if (broken.add(id)) {
      happened(id, p -> new Event.Broke("an error of ours: " + bug));
    }
  }

  /**
   * The change may or may not have reached the record: it is looked at again before anything else
   * is done.
   */
  private void notSaved(ProposalId id, Throwable failure, Promise<Result> promise) {
    if (failure instanceof ProposalStore.TooLateException) {
      finish(promise, new Result.TooLate());
      return;
    }
    doubtful.add(id);
    finish(promise, Result.NotOnRecord.because(failure));
    if (!(failure instanceof ProposalStore.UnavailableException)) {
      LOG.warn("proposal {} is read anew: {}", id, failure.getMessage());
      settle(id);
    }
  }

  /** Compares what is at hand with the record, which is right. */
  private void settle(ProposalId id) {
    if (!settling.add(id)) {
      return;
    }
    turns.take(
        () ->
            outlet
                .reload(id)
                .onComplete(
                    loaded -> {
                      settling.remove(id);
                      if (loaded.succeeded()) {
                        doubtful.remove(id);
                        loaded.result().ifPresent(this::takeFromRecord);
                      }
                      turns.over();
                    }));
  }

  private void takeFromRecord(Proposal stored) {
    Proposal atHand = known.get(stored.id());
    if (atHand == null || atHand.version() != stored.version()) {
      LOG.info("proposal {} goes on from version {} on record", stored.id(), stored.version());
      resume(stored);
    }
  }

  /** Ends all work: what comes back later from effects under way is for the next life. */
  void close() {
    turns.close();
  }

  private void finish(Promise<Result> promise, Result result) {
    promise.tryComplete(result);
    turns.over();
  }

  private void forgetOldest() {
    if (known.size() > KEPT) {
      known.values().stream()
          .filter(p -> p.state().terminal())
          .findFirst()
          .map(Proposal::id)
          .ifPresent(known::remove);
    }
  }
}
