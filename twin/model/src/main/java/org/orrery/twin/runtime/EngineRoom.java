package org.orrery.twin.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.orrery.bus.RoomContext;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.twin.RehearsalRequest;
import org.orrery.contract.twin.TwinState;
import org.orrery.twin.core.assimilation.TwinEngine;
import org.orrery.twin.core.diagnosis.Diagnoser;
import org.orrery.twin.core.diagnosis.DiagnosisInput;
import org.orrery.twin.core.diagnosis.Fault;
import org.orrery.twin.core.diagnosis.Verdict;
import org.orrery.twin.core.diagnosis.WorkingModel;
import org.orrery.twin.core.rehearsal.Present;
import org.orrery.twin.core.rehearsal.Rehearser;

/** The engine and what is assumed about the detector, touched by one thread only. */
final class EngineRoom {
  /** Steps made at a time, so that others get their turn while the engine catches up. */
  private static final int STEPS_AT_A_TIME = 20;

  /** Samples are waited for so long: wall time for their way, ns. */
  private static final long WAY_NS = 250_000_000L;

  /** The same in plant time, for slow sources, ns. */
  private static final long LEAST_LAG_NS = 1_000_000_000L;

  /** The twin's own stage among the feed's counts. */
  private static final String FEED_STAGE = "feed.twin";

  private static final long REEXAMINE_NS = 120_000_000_000L;
  private static final long REEXAMINE_MOST_NS = 1_800_000_000_000L;

  private final RoomContext room;
  private final TwinEngine engine;
  private final WorkingModel working;
  private final Messages messages;
  private final LossWindow losses = new LossWindow();
  private Optional<Finding> origin = Optional.empty();
  private long reexaminedNs;
  private long reexamineGapNs = REEXAMINE_NS;

  EngineRoom(RoomContext room, TwinEngine engine, Messages messages) {
    this.room = room;
    this.engine = engine;
    this.working = new WorkingModel(engine);
    this.messages = messages;
  }

  /** What came of some steps. */
  record Stepped(List<TwinState> states, boolean running, long nowNs, Agreement agreement) {}

  /** Something to be diagnosed. */
  record Question(DiagnosisInput input, long fromNs, long lookBackNs, Optional<Finding> finding) {}

  /** A diagnosis worked out. */
  record Answer(Question question, Verdict verdict, long tookMs) {}

  /** A diagnosis taken in, and what is assumed before and after it. */
  record Told(Answer answer, Optional<String> before, Optional<String> after) {}

  /** What a rehearsal or a forecast starts from; the obstacle says why it cannot. */
  record Start(
      Optional<String> obstacle, Present present, boolean assume, Optional<String> hypothesis) {}

  /** Takes samples in. */
  void offer(List<Sample> samples) {
    samples.forEach(engine::offer);
  }

  /** Catches up with the plant as far as samples can have arrived. */
  Stepped makeSteps() {
    PlantClock clock = room.plantClock();
    long untilNs = clock.nowNs() - Math.max(LEAST_LAG_NS, (long) (clock.factor() * WAY_NS));
    List<TwinState> states = new ArrayList<>();
    for (int i = 0; i < STEPS_AT_A_TIME && engine.stepTowards(untilNs); i++) {
      if (engine.running()) {
        working.settle();
        states.add(messages.state(engine, working));
      }
    }
    room.feed().lossCounts().stream()
        .filter(count -> count.stage().equals(FEED_STAGE))
        .forEach(count -> losses.add(engine.nowNs(), count));
    return new Stepped(states, engine.running(), engine.nowNs(), engine.monitor().agreement());
  }

  /** Whether there is anything to diagnose, and from where. */
  Optional<Question> question(Optional<Finding> due) {
    if (due.isPresent()) {
      return isExplained(due.get())
          ? Optional.empty()
          : Optional.of(
              new Question(
                  input(due.get().fromNs()), due.get().fromNs(), Diagnoser.LOOK_BACK_NS, due));
    }
    if (working.contradicted() && engine.nowNs() - reexaminedNs > reexamineGapNs) {
      reexaminedNs = engine.nowNs();
      reexamineGapNs = Math.min(2 * reexamineGapNs, REEXAMINE_MOST_NS);
      return Optional.of(
          new Question(
              input(engine.monitor().doubtingSinceNs()),
              engine.monitor().doubtingSinceNs(),
              REEXAMINE_NS,
              origin));
    }
    return Optional.empty();
  }

  /**
   * A finding from before a fault was assumed is explained by it, one about a sensor that is known
   * to lie by that; only readings that contradict what is assumed open the question again.
   */
  private boolean isExplained(Finding finding) {
    boolean before = working.fault().isPresent() && finding.fromNs() <= working.sinceNs();
    return before || isAboutKnownLiar(finding);
  }

  private boolean isAboutKnownLiar(Finding finding) {
    return engine.monitor().distrusted().stream()
        .map(sensor -> engine.model().sensors().get(sensor).channel())
        .anyMatch(
            channel ->
                !finding.channels().isEmpty()
                    && channel.equals(finding.channels().getFirst().value()));
  }

  /** What a diagnosis of what began at a time rests on. */
  private DiagnosisInput input(long fromNs) {
    double heard =
        engine
            .readings()
            .completeness(
                engine.nowNs(),
                channel ->
                    room.facility()
                        .channel(new ChannelId(channel))
                        .map(Channel::cadenceNs)
                        .orElse(0L));
    return DiagnosisInput.from(engine, working, heard * losses.share(fromNs));
  }

  /**
   * Takes in what is beyond doubt. The finding that led to it is kept, so that a later examination
   * of what is assumed can be told under it.
   */
  Told conclude(Answer answer) {
    Optional<String> before = working.title();
    working.apply(answer.verdict(), answer.question().input().nowNs());
    Optional<String> after = working.title();
    if (!after.equals(before)) {
      reexamineGapNs = REEXAMINE_NS;
      origin = after.isEmpty() ? Optional.empty() : answer.question().finding().or(() -> origin);
    }
    return new Told(answer, before, after);
  }

  /** Where a forecast starts. */
  Start start() {
    Optional<String> obstacle =
        engine.running() ? Optional.empty() : Optional.of("the twin waits for its first readings");
    return new Start(obstacle, Present.of(engine), false, working.title());
  }

  /** Where a rehearsal starts. */
  Start start(RehearsalRequest request, Rehearser rehearser) {
    Start start = start();
    boolean assume =
        request.hypothesis().filter(h -> h instanceof Hypothesis.PlantFault).stream()
            .flatMap(h -> Fault.of((Hypothesis.PlantFault) h).stream())
            .anyMatch(fault -> !working.assumes(fault));
    Optional<String> obstacle = start.obstacle();
    List<ChannelId> unknown = rehearser.unknown(request.writes());
    if (obstacle.isEmpty() && engine.monitor().agreement() == Agreement.LOST) {
      obstacle = Optional.of("the twin does not describe the detector now");
    } else if (obstacle.isEmpty() && !unknown.isEmpty()) {
      obstacle = Optional.of("the twin has no equation for " + unknown);
    }
    return new Start(
        obstacle,
        start.present(),
        assume,
        assume ? request.hypothesis().map(Hypothesis::title) : start.hypothesis());
  }
}
