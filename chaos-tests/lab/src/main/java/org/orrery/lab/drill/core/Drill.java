package org.orrery.lab.drill.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.orrery.contract.drill.DrillEntry;
import org.orrery.contract.drill.DrillEntry.Kind;
import org.orrery.contract.drill.DrillState;
import org.orrery.contract.drill.DrillState.Phase;
import org.orrery.contract.value.Value;
import org.orrery.lab.drill.core.DrillScenario.Order;
import org.orrery.lab.drill.core.DrillScenario.RecoveryRule;

/**
 * The course of one drill: from the preparation over the start, the hidden orders and what the
 * trainee says and does, to its end. Immutable and stateless: what changes is a {@link Progress}.
 */
public final class Drill {
  private static final long MINUTE_NS = 60_000_000_000L;

  /** Detectors learn for ten minutes of plant time once the twin agrees. */
  private static final long LEARNING_NS = 11 * MINUTE_NS;

  /** A twin that does not come into step must not keep the drill from beginning. */
  private static final long LONGEST_PREPARATION_NS = 60 * MINUTE_NS;

  private static final int MOST_POINTS = 600;

  private static final int MOST_OF_A_KIND = 8;

  private final DrillScenario scenario;
  private final Desk desk;
  private final List<Order> orders;
  private final long traceEveryNs;

  /**
   * @param scenario what is played
   * @param seed decides how much later than stated the hidden orders come
   */
  public Drill(DrillScenario scenario, long seed) {
    this.scenario = scenario;
    this.desk = new Desk(scenario);
    SplittableRandom random = new SplittableRandom(seed);
    List<Order> drawn = new ArrayList<>();
    for (Order order : scenario.timeline()) {
      long late = Math.round(random.nextDouble() * order.spreadNs());
      drawn.add(new Order(order.atNs() + late, 0, order.line(), order.meaning(), order.onset()));
    }
    drawn.sort(Comparator.comparingLong(Order::atNs));
    this.orders = List.copyOf(drawn);
    this.traceEveryNs = scenario.sheet().lengthNs() / MOST_POINTS;
  }

  /**
   * What comes of an event.
   *
   * @param progress how far the drill is now
   * @param outputs what is to be done
   */
  public record Step(Progress progress, List<DrillOutput> outputs) {}

  /** Before anything was heard. */
  public Progress begin(long nowNs) {
    return Progress.begun(scenario, nowNs);
  }

  /**
   * Takes one event in.
   *
   * @param nowNs plant time; it does not go back
   */
  public Step step(Progress progress, DrillEvent event, long nowNs) {
    Draft draft = new Draft(progress, nowNs);
    if (draft.phase == Phase.RUNNING) {
      draft.exposure = draft.exposure.until(nowNs);
    }
    switch (event) {
      case DrillEvent.Tick tick -> {}
      case DrillEvent.TwinHeard heard -> twin(draft, heard.agrees());
      case DrillEvent.Measured measured -> measured(draft, measured);
      case DrillEvent.OrdersAnswered answered -> answered(draft, answered);
      case DrillEvent.Asked asked -> desk.take(draft, asked.request());
      case DrillEvent.AlarmRaised alarm -> {
        if (!draft.said(Kind.ALARM, alarm.channel().value())) {
          note(draft, Kind.ALARM, alarm.channel().value(), alarm.message(), "");
        }
      }
      case DrillEvent.Acknowledged ack ->
          note(draft, Kind.ACKNOWLEDGED, ack.channel().value(), "alarm acknowledged", ack.by());
      case DrillEvent.Found found -> {
        if (!draft.said(Kind.FINDING, found.id())) {
          note(draft, Kind.FINDING, found.id(), found.title(), "");
        }
      }
      case DrillEvent.Ranked ranked -> ranked(draft, ranked);
      case DrillEvent.Proposed p -> note(draft, Kind.PROPOSAL, p.playbook(), p.title(), "");
      case DrillEvent.Agreed a -> note(draft, Kind.AGREED, a.playbook(), a.title(), a.by());
      case DrillEvent.Approved a -> note(draft, Kind.APPROVED, a.playbook(), a.title(), a.by());
      case DrillEvent.Rejected r -> note(draft, Kind.REJECTED, r.playbook(), r.title(), r.by());
      case DrillEvent.WritingStopped stopped ->
          note(draft, Kind.STOPPED_WRITING, "", stopped.reason(), stopped.by());
    }
    passTime(draft);
    return draft.done();
  }

  private void passTime(Draft draft) {
    if (draft.phase == Phase.PREPARING && ready(draft)) {
      draft.phase = Phase.READY;
    }
    if (draft.phase != Phase.RUNNING) {
      return;
    }
    long sinceStart = draft.nowNs - draft.startedNs.orElseThrow();
    while (draft.ordersGiven < orders.size()
        && orders.get(draft.ordersGiven).atNs() <= sinceStart) {
      String key = "t" + draft.ordersGiven;
      draft.outputs.add(
          new DrillOutput.GiveOrders(key, List.of(orders.get(draft.ordersGiven).line())));
      draft.ordersGiven++;
    }
    draft.walks.stream()
        .filter(walk -> !walk.arrived() && walk.dueNs() <= draft.nowNs)
        .toList()
        .forEach(walk -> arrive(draft, walk));
    Optional<OptionalLong> recovered =
        scenario.recovery().map(rule -> draft.recovery.recoveredNs(rule, draft.nowNs));
    if (recovered.isPresent() && recovered.get().isPresent()) {
      RecoveryRule rule = scenario.recovery().orElseThrow();
      if (draft.nowNs - recovered.get().getAsLong() >= rule.holdNs() + rule.lingerNs()) {
        draft.end("the detector has been well for long enough", "");
        return;
      }
    }
    if (sinceStart >= scenario.sheet().lengthNs()) {
      draft.end("the time is up", "");
    }
  }

  private static boolean ready(Draft draft) {
    boolean learnt =
        draft.agreesSinceNs.isPresent()
            && draft.nowNs - draft.agreesSinceNs.getAsLong() >= LEARNING_NS;
    return learnt || draft.nowNs - draft.beganNs() >= LONGEST_PREPARATION_NS;
  }

  private static void twin(Draft draft, boolean agrees) {
    if (!agrees) {
      draft.agreesSinceNs = OptionalLong.empty();
    } else if (draft.agreesSinceNs.isEmpty()) {
      draft.agreesSinceNs = OptionalLong.of(draft.nowNs);
    }
  }

  private void measured(Draft draft, DrillEvent.Measured measured) {
    Value value = measured.value();
    draft.read(measured.channel(), value);
    if (draft.phase != Phase.RUNNING) {
      return;
    }
    if (value.asDouble().isPresent() && Double.isFinite(value.asDouble().getAsDouble())) {
      draft.trace(measured.channel(), value.asDouble().getAsDouble(), traceEveryNs);
    }
    look(draft);
  }

  /** Judges what the watched channels show now. */
  private void look(Draft draft) {
    draft.exposure =
        draft.exposure.being(
            scenario.loss().when().stream().anyMatch(c -> c.holds(draft.readings)));
    if (draft.onsetNs.isPresent() && scenario.recovery().isPresent()) {
      draft.recovery = draft.recovery.seen(scenario.recovery().get(), draft.readings, draft.nowNs);
    }
  }

  private void answered(Draft draft, DrillEvent.OrdersAnswered answered) {
    if (draft.phase != Phase.RUNNING) {
      return;
    }
    int number = Integer.parseInt(answered.key().substring(1));
    if (answered.key().startsWith("t")) {
      Order order = orders.get(number);
      if (!answered.done()) {
        draft.say(
            Kind.HIDDEN, order.line(), "the simulated detector refused: " + answered.text(), "");
        draft.end("the simulated detector refused an order of the drill", "");
        return;
      }
      draft.say(Kind.HIDDEN, order.line(), order.meaning(), "");
      if (order.onset() && draft.onsetNs.isEmpty()) {
        draft.onsetNs = OptionalLong.of(draft.nowNs);
      }
      return;
    }
    draft.walks.stream()
        .filter(walk -> walk.number() == number)
        .findFirst()
        .ifPresent(
            walk -> {
              draft.walks = draft.walks.stream().filter(w -> w.number() != number).toList();
              String title = desk.action(walk.action()).title();
              draft.say(
                  answered.done() ? Kind.DONE : Kind.FAILED,
                  walk.action(),
                  answered.done() ? title : title + ": could not be done, " + answered.text(),
                  walk.by());
            });
  }

  private void arrive(Draft draft, Progress.Walk walk) {
    List<String> lines = scenario.act(walk.action()).lines();
    if (lines.isEmpty()) {
      draft.walks = draft.walks.stream().filter(w -> w.number() != walk.number()).toList();
      draft.say(Kind.DONE, walk.action(), desk.action(walk.action()).title(), walk.by());
      return;
    }
    draft.walks =
        draft.walks.stream()
            .map(
                w ->
                    w.number() == walk.number()
                        ? new Progress.Walk(w.number(), w.action(), w.by(), w.dueNs(), true)
                        : w)
            .toList();
    draft.outputs.add(new DrillOutput.GiveOrders("w" + walk.number(), lines));
  }

  private void ranked(Draft draft, DrillEvent.Ranked ranked) {
    Optional<DrillEntry> last =
        draft.record.stream().filter(e -> e.kind() == Kind.RANKING).reduce((a, b) -> b);
    if (last.isEmpty() || !last.get().subject().equals(ranked.cause())) {
      String share = ranked.cause() + ", " + Wording.percent(ranked.probability());
      note(draft, Kind.RANKING, ranked.cause(), share, "");
    }
  }

  /** Records what came from elsewhere, within a bound for each kind. */
  private static void note(Draft draft, Kind kind, String subject, String text, String by) {
    if (draft.phase == Phase.RUNNING && draft.said(kind) < MOST_OF_A_KIND) {
      draft.say(kind, subject, Desk.cut(text), by);
    }
  }

  /** What the trainee may see. */
  public DrillState seen(Progress progress) {
    boolean over = progress.phase() == Phase.ENDED;
    return new DrillState(
        scenario.sheet(),
        progress.phase(),
        Desk.waitingFor(progress.phase()),
        progress.startedNs(),
        progress.endedNs(),
        progress.record().stream().filter(entry -> entry.kind().open()).toList(),
        progress.walks().stream()
            .sorted(Comparator.comparingLong(Progress.Walk::dueNs))
            .map(walk -> new DrillState.Walk(walk.action(), walk.dueNs()))
            .toList(),
        over ? Optional.of(new Debriefing(scenario, progress).debrief()) : Optional.empty());
  }
}
