package org.orrery.twin.runtime;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.bus.SampleFeed;
import org.orrery.bus.Topics;
import org.orrery.contract.diagnosis.DiagnosisId;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.sample.SampleBatch;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.twin.Forecast;
import org.orrery.contract.twin.ForecastRequest;
import org.orrery.contract.twin.Rehearsal;
import org.orrery.contract.twin.RehearsalRequest;
import org.orrery.twin.TwinConfig;
import org.orrery.twin.backend.Backends;
import org.orrery.twin.core.assimilation.EngineSettings;
import org.orrery.twin.core.assimilation.TwinEngine;
import org.orrery.twin.core.diagnosis.Diagnoser;
import org.orrery.twin.core.diagnosis.Verdict;
import org.orrery.twin.core.graph.BatchBackend;
import org.orrery.twin.core.model.LarModel;
import org.orrery.twin.core.model.ModelRunner;
import org.orrery.twin.core.rehearsal.Present;
import org.orrery.twin.core.rehearsal.Rehearser;
import org.orrery.twin.runtime.EngineRoom.Answer;
import org.orrery.twin.runtime.EngineRoom.Question;
import org.orrery.twin.runtime.EngineRoom.Start;
import org.orrery.twin.runtime.EngineRoom.Stepped;
import org.orrery.twin.runtime.EngineRoom.Told;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries messages between the bus and two threads: the engine lives on one; diagnoses and
 * rehearsals are worked out on the other, one at a time, from copies of what the engine holds. The
 * service itself runs on the verticle's event loop.
 */
final class TwinService {
  private static final Logger LOG = LoggerFactory.getLogger(TwinService.class);
  private static final String ROOM = "twin";
  private static final String DIAGNOSIS_BROKEN =
      "The last diagnosis failed on an internal error; see the log, and look at what was found"
          + " yourself";

  private static final long TICK_MS = 100;
  private static final long HEALTH_MS = 10_000;

  /** A diagnosis under way takes a second or two. */
  private static final long CLOSE_MS = 3_000;

  private final Vertx vertx;
  private final RoomContext room;
  private final WorkerExecutor engineThread;
  private final WorkerExecutor deskThread;
  private final BatchBackend backend;
  private final EngineRoom engine;
  private final Diagnoser diagnoser;
  private final Rehearser rehearser;
  private final Messages messages;
  private final Map<String, Limits> limits;
  private final Set<String> wanted;
  private final List<Bus.Subscription> subscriptions = new ArrayList<>();
  private final DiagnosisDesk desk;
  private RoomHealth health;
  private boolean stepping;
  private boolean diagnosing;
  private boolean diagnosisBroken;
  private boolean inStep;
  private boolean closing;

  TwinService(Vertx vertx, RoomContext room, TwinConfig config, DiagnosisDesk desk) {
    this.vertx = vertx;
    this.desk = desk;
    this.room = room;
    this.engineThread = vertx.createSharedWorkerExecutor("orrery-twin-engine", 1);
    this.deskThread = vertx.createSharedWorkerExecutor("orrery-twin-desk", 1);
    this.backend = Backends.choose(config, room.data());
    LarModel model = LarModel.reference();
    long seed = room.seed() * 31 + ROOM.hashCode();
    TwinEngine core =
        new TwinEngine(
            new ModelRunner(model, backend),
            new EngineSettings(config.members(), config.stepNs(), seed));
    this.wanted = new HashSet<>(core.channels());
    this.messages = new Messages(room.version(), seed, Integer.toHexString(config.hashCode()));
    this.engine = new EngineRoom(room, core, messages);
    ModelRunner deskRunner = new ModelRunner(model, backend);
    this.diagnoser = new Diagnoser(deskRunner);
    this.rehearser = new Rehearser(deskRunner);
    this.limits = AlarmLimits.of(room.facility());
    this.health =
        new RoomHealth(
            ROOM,
            RoomHealth.Status.DEGRADED,
            "The twin waits for its first readings",
            room.wallClock().nowNs());
    LOG.info("twin of {} members on the {} backend", config.members(), backend.name());
  }

  void open() {
    Bus bus = room.bus();
    subscriptions.add(
        room.feed()
            .subscribe(
                SampleFeed.FeedOptions.all(ROOM).only(id -> wanted.contains(id.value())),
                this::samples));
    subscriptions.add(bus.subscribe(Topics.FINDINGS, desk::take));
    subscriptions.add(bus.serve(Endpoints.TWIN_REHEARSE, this::rehearse));
    subscriptions.add(bus.serve(Endpoints.TWIN_FORECAST, this::forecast));
    vertx.setPeriodic(TICK_MS, timer -> tick());
    vertx.setPeriodic(HEALTH_MS, timer -> bus.publish(Topics.ROOM_HEALTH, health));
    bus.publish(Topics.ROOM_HEALTH, health);
  }

  /**
   * Ends once what waits for the threads is done, so that nothing is handed to one that is gone.
   */
  Future<?> close() {
    closing = true;
    subscriptions.forEach(Bus.Subscription::cancel);
    return Future.all(on(engineThread, () -> 0), on(deskThread, () -> 0))
        .timeout(CLOSE_MS, TimeUnit.MILLISECONDS)
        .transform(done -> Future.all(engineThread.close(), deskThread.close()))
        .onComplete(done -> backend.close());
  }

  private Future<Void> samples(SampleBatch batch) {
    if (closing) {
      return Future.succeededFuture();
    }
    // The credit comes back when the engine has taken the samples, not before.
    return on(
            engineThread,
            () -> {
              engine.offer(batch.samples());
              return batch;
            })
        .mapEmpty();
  }

  private void tick() {
    if (stepping || closing) {
      return;
    }
    stepping = true;
    on(engineThread, engine::makeSteps)
        .onComplete(
            done -> {
              if (closing) {
                return;
              }
              if (done.failed()) {
                // A bug; stepping stays true, so that a broken twin does not go on.
                LOG.error("the twin has stopped, because it cannot step", done.cause());
                say(RoomHealth.Status.DOWN, "The twin has stopped on an internal error");
                return;
              }
              stepping = false;
              Stepped stepped = done.result();
              stepped.states().forEach(state -> room.bus().publish(Topics.TWIN_STATE, state));
              if (stepped.running()) {
                judgeHealth(stepped);
                diagnoseWhatIsDue(stepped.nowNs());
              }
            });
  }

  private void diagnoseWhatIsDue(long nowNs) {
    if (diagnosing) {
      return;
    }
    diagnosing = true;
    Optional<Finding> due;
    try {
      due = desk.due(nowNs);
    } catch (RuntimeException e) {
      diagnosisBroke(e);
      return;
    }
    on(engineThread, () -> engine.question(due))
        .compose(
            question ->
                question.isEmpty()
                    ? Future.succeededFuture(Optional.<Answer>empty())
                    : on(deskThread, () -> answer(question.get())))
        .compose(
            answer ->
                answer.isEmpty()
                    ? Future.succeededFuture(Optional.<Told>empty())
                    : on(engineThread, () -> Optional.of(engine.conclude(answer.get()))))
        .onComplete(
            done -> {
              if (done.failed()) {
                diagnosisBroke(done.cause());
                return;
              }
              diagnosing = false;
              done.result().ifPresent(this::told);
            });
  }

  private void told(Told told) {
    try {
      tell(told);
      diagnosisBroken = false;
    } catch (RuntimeException e) {
      diagnosisBroke(e);
    }
  }

  /** An error of ours: the next finding is taken up all the same, and people hear of it. */
  private void diagnosisBroke(Throwable bug) {
    diagnosing = false;
    if (closing) {
      return;
    }
    LOG.error("diagnosing failed", bug);
    diagnosisBroken = true;
    if (health.status() == RoomHealth.Status.UP) {
      say(RoomHealth.Status.DEGRADED, DIAGNOSIS_BROKEN);
    }
  }

  private Optional<Answer> answer(Question question) {
    long startedNs = room.wallClock().nowNs();
    return diagnoser
        .diagnose(question.input(), question.fromNs(), question.lookBackNs())
        .map(
            verdict ->
                new Answer(
                    question,
                    verdict,
                    TimeUnit.NANOSECONDS.toMillis(room.wallClock().nowNs() - startedNs)));
  }

  private void tell(Told told) {
    if (!told.after().equals(told.before())) {
      LOG.info("the twin now assumes: {}", told.after().orElse("nothing wrong"));
    }
    Question question = told.answer().question();
    Verdict verdict = told.answer().verdict();
    Hypothesis leading = verdict.causes().getFirst().hypothesis();
    question
        .finding()
        .ifPresent(
            finding -> {
              LOG.info(
                  "diagnosis of '{}': {} ({} %) in {} ms",
                  finding.title(),
                  leading.title(),
                  Math.round(100.0 * verdict.causes().getFirst().probability()),
                  told.answer().tookMs());
              room.bus()
                  .publish(
                      Topics.DIAGNOSES,
                      messages.diagnosis(
                          new DiagnosisId(room.ids().next()),
                          finding,
                          verdict,
                          question.input().nowNs(),
                          question.input().completeness()));
            });
  }

  private Future<Rehearsal> rehearse(RehearsalRequest request) {
    return on(engineThread, () -> engine.start(request, rehearser))
        .compose(start -> on(deskThread, () -> rehearsed(start, request)));
  }

  private Rehearsal rehearsed(Start start, RehearsalRequest request) {
    if (start.obstacle().isPresent()) {
      return new Rehearsal.NotRehearsed(start.obstacle().get());
    }
    Present present = start.present();
    Rehearser.Played played = rehearser.rehearse(present, request, start.assume(), limits);
    return new Rehearsal.Rehearsed(
        present.nowNs(),
        played.withPlan(),
        played.withoutPlan(),
        played.predictedAlarms(),
        present.agreement(),
        start.hypothesis(),
        messages.version(),
        messages.provenance(present.nowNs(), present.nowNs() + request.horizonNs()));
  }

  private Future<Forecast> forecast(ForecastRequest request) {
    return on(engineThread, engine::start)
        .compose(start -> on(deskThread, () -> forecast(start, request)));
  }

  private Forecast forecast(Start start, ForecastRequest request) {
    Present present = start.present();
    long nowNs = present.nowNs();
    return start.obstacle().isPresent()
        ? new Forecast(List.of(), Agreement.LOST, messages.provenance(nowNs, nowNs))
        : new Forecast(
            rehearser.forecast(present, request.watch(), request.horizonNs()),
            present.agreement(),
            messages.provenance(nowNs, nowNs + request.horizonNs()));
  }

  /** Works on the thread; what listens to the future runs on the context that this is called on. */
  static <T> Future<T> on(WorkerExecutor thread, Callable<T> work) {
    return thread.executeBlocking(work).map(answer -> Objects.requireNonNull(answer));
  }

  private void judgeHealth(Stepped stepped) {
    if (!inStep) {
      inStep = true;
      LOG.info(
          "the twin is in step from plant time {} on", Instant.ofEpochSecond(0, stepped.nowNs()));
    }
    boolean lost = stepped.agreement() == Agreement.LOST;
    say(
        lost || diagnosisBroken ? RoomHealth.Status.DEGRADED : RoomHealth.Status.UP,
        lost
            ? "The twin does not describe the detector now"
            : diagnosisBroken ? DIAGNOSIS_BROKEN : "");
  }

  private void say(RoomHealth.Status status, String detail) {
    if (status != health.status() || !detail.equals(health.detail())) {
      health = new RoomHealth(ROOM, status, detail, room.wallClock().nowNs());
      room.bus().publish(Topics.ROOM_HEALTH, health);
    }
  }
}
