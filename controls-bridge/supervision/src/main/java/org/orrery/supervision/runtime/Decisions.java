package org.orrery.supervision.runtime;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.orrery.bus.Endpoints;
import org.orrery.contract.Person;
import org.orrery.contract.Reply;
import org.orrery.contract.proposal.DecisionRequest;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.time.WallClock;
import org.orrery.supervision.core.audit.ProposalEntries;
import org.orrery.supervision.core.lifecycle.Entitlement;
import org.orrery.supervision.core.lifecycle.Event;

/**
 * What people decide. A decision that cannot be put on record, or not while its answer is waited
 * for, is declined; a decision that is declined is put on record. For one context; not thread-safe.
 */
final class Decisions {
  /** Leaves a tenth of the time in which the answer is waited for to bring it back. */
  private static final long COUNTS_FOR_NS =
      TimeUnit.MILLISECONDS.toNanos(Endpoints.PROPOSALS_DECIDE.timeoutMs()) / 10 * 9;

  private final Desk desk;
  private final RecordKeeper keeper;
  private final ChannelView view;
  private final WallClock clock;
  private final Entitlement entitlement;
  private final Supplier<Optional<String>> mode;

  /**
   * @param mode the detector mode; empty where it is not known
   */
  Decisions(
      Desk desk,
      RecordKeeper keeper,
      ChannelView view,
      WallClock clock,
      Entitlement entitlement,
      Supplier<Optional<String>> mode) {
    this.desk = desk;
    this.keeper = keeper;
    this.view = view;
    this.clock = clock;
    this.entitlement = entitlement;
    this.mode = mode;
  }

  Future<Reply<Proposal>> decide(DecisionRequest request, boolean loaded) {
    if (!loaded) {
      return Future.succeededFuture(
          new Reply.Declined<>(
              "the record cannot be read yet, so nothing can be decided; is the database up?"));
    }
    return desk.decide(request.proposal(), event(request), clock.nowNs() + COUNTS_FOR_NS)
        .map(result -> reply(request, result));
  }

  private Function<Proposal, Event> event(DecisionRequest request) {
    return switch (request) {
      case DecisionRequest.Approve a ->
          p -> new Event.Approve(a.person(), a.planHash(), a.reason(), barred(a.person(), p));
      case DecisionRequest.Reject r -> p -> new Event.Reject(r.person(), r.reason());
      case DecisionRequest.Abort a -> p -> new Event.Abort(a.person(), a.reason());
      case DecisionRequest.Stop s -> p -> new Event.Stop(s.person(), s.reason());
      case DecisionRequest.RollBack r ->
          p -> new Event.RollBack(r.person(), r.reason(), view.readings(), barred(r.person(), p));
    };
  }

  private Optional<String> barred(Person person, Proposal proposal) {
    return entitlement.barred(person, proposal.plan(), mode.get());
  }

  private Reply<Proposal> reply(DecisionRequest request, Result result) {
    return switch (result) {
      case Result.Moved moved -> new Reply.Done<>(moved.proposal());
      case Result.Stayed stayed -> declined(request, stayed.refusal().text());
      case Result.NoSuchProposal _ ->
          declined(request, "there is no open proposal " + request.proposal());
      case Result.TooLate _ ->
          declined(
              request,
              "the record was too slow for the decision to count in time; look at the proposal and"
                  + " decide again"
                  + otherwise(request));
      case Result.TooMany many ->
          declined(
              request,
              many.waiting()
                  + " changes wait for the record, so nothing can be decided now; is the database"
                  + " up?"
                  + otherwise(request));
      case Result.NotOnRecord not ->
          new Reply.Declined<>(
              "the decision cannot be put on record, so it does not count; try again when the"
                  + " database is back ("
                  + not.why()
                  + ")"
                  + otherwise(request));
    };
  }

  /** The switch over all writing needs no record. */
  private static String otherwise(DecisionRequest request) {
    return request instanceof DecisionRequest.Stop
        ? "; Stop Orrery writing works without the record and stops this plan as well"
        : "";
  }

  private Reply<Proposal> declined(DecisionRequest request, String why) {
    keeper.note(
        ProposalEntries.declined(
            request.person().name(),
            request.getClass().getSimpleName(),
            request.proposal().value(),
            why,
            clock.nowNs()));
    return new Reply.Declined<>(why);
  }
}
