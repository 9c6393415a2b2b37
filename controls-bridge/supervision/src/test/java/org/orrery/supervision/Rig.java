package org.orrery.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoint;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.bus.clock.ScaledPlantClock;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.clock.TimeSortedIds;
import org.orrery.bus.feed.LocalSampleFeed;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.Person;
import org.orrery.contract.Provenance;
import org.orrery.contract.Reply;
import org.orrery.contract.audit.AuditRecord;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.GateRecord;
import org.orrery.contract.command.SignedCommand;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.proposal.DecisionRequest;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.time.WallClock;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.twin.Band;
import org.orrery.contract.twin.Rehearsal;
import org.orrery.contract.twin.RehearsalRequest;
import org.orrery.contract.twin.Trajectory;
import org.orrery.contract.value.Value;

/**
 * A bus with a scripted gate, a scripted twin and a plant of two pumps on it, and the real
 * supervision. Plant time runs 600 times as fast as wall time.
 */
public final class Rig implements AutoCloseable {
  public static final SupervisionConfig CONFIG =
      new SupervisionConfig(
          seconds(60), seconds(60), seconds(60), seconds(20), seconds(1) / 2, seconds(1) / 20, 0.8);

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new LocalBus(vertx);
  private final WallClock wall = new SystemWallClock();
  private final PlantClock plant = new ScaledPlantClock(wall, wall.nowNs(), wall.nowNs(), 600);
  private final LocalSampleFeed feed;
  private final Map<String, String> shown = new ConcurrentHashMap<>();
  private final RoomContext room;
  private final Function<RoomContext, VerticleBase> supervision;
  private String deployment = "";

  /** Commands that reached the gate. */
  public final List<Command> executed = new CopyOnWriteArrayList<>();

  /** What the gate knows about commands. */
  public final Map<CommandId, CommandOutcome> journal = new ConcurrentHashMap<>();

  public final List<Proposal> published = new CopyOnWriteArrayList<>();
  public final List<RoomHealth> health = new CopyOnWriteArrayList<>();

  /** How the gate answers; the default carries the command out. */
  public volatile Function<SignedCommand, Future<CommandOutcome>> gate = this::carryOut;

  public volatile Function<CommandId, Future<Optional<CommandOutcome>>> outcomes =
      id -> Future.succeededFuture(Optional.ofNullable(journal.get(id)));

  public volatile Function<RehearsalRequest, Rehearsal> twin = this::agree;

  /** What the gate remembers of what it said. */
  public final List<GateRecord> gateLog = new CopyOnWriteArrayList<>();

  public volatile WritingState writing = new WritingState(false, "", "", 0, List.of());
  public volatile OperationsState operations = OperationsState.UNKNOWN;

  /** How far people's clock is ahead of the real one, for supervision only. */
  public volatile long aheadNs;

  /** Whether no channel says anything. */
  public volatile boolean silent;

  /** Whether pump B gives flow when it is switched on. */
  public volatile boolean pumpBWorks = true;

  /** How long after the gate's word the samples of a write come, ms. */
  public volatile long showsAfterMs;

  public Rig(Path data, Function<RoomContext, VerticleBase> supervision) {
    this(data, Fixtures.facility(), supervision);
  }

  /** With other limits than the small facility has. */
  public Rig(Path data, Facility facility, Function<RoomContext, VerticleBase> supervision) {
    this.feed = new LocalSampleFeed(vertx, facility);
    this.supervision = supervision;
    this.room =
        new RoomContext(
            bus,
            feed,
            facility,
            plant,
            () -> wall.nowNs() + aheadNs,
            new TimeSortedIds(wall, new Random(1)),
            1,
            data,
            "test");
    Fixtures.pumpAStopped(0).forEach(s -> shown.put(s.channel().value(), s.value().display()));
    bus.serve(Endpoints.GATE_EXECUTE, this::execute);
    bus.serve(Endpoints.GATE_OUTCOME, id -> outcomes.apply(id));
    bus.serve(Endpoints.GATE_LOG, q -> Future.succeededFuture(List.copyOf(gateLog)));
    bus.serve(Endpoints.GATE_WRITING_STATE, q -> Future.succeededFuture(writing));
    bus.serve(Endpoints.OPERATIONS_STATE, q -> Future.succeededFuture(operations));
    bus.serve(Endpoints.TWIN_REHEARSE, q -> Future.succeededFuture(twin.apply(q)));
    bus.serve(
        Endpoints.GATEWAY_LATEST,
        q ->
            Future.succeededFuture(
                shown.entrySet().stream()
                    .filter(e -> !silent)
                    .map(e -> Fixtures.reading(e.getKey(), e.getValue(), plant.nowNs()))
                    .toList()));
    bus.subscribe(Topics.PROPOSALS, published::add);
    bus.subscribe(Topics.ROOM_HEALTH, health::add);
    vertx.setPeriodic(10, timer -> speak());
    start();
  }

  private void speak() {
    if (!silent) {
      shown.forEach(
          (channel, value) -> feed.publish(Fixtures.reading(channel, value, plant.nowNs())));
    }
  }

  private static long seconds(long seconds) {
    return TimeUnit.SECONDS.toNanos(seconds);
  }

  public void start() {
    deployment = wait(vertx.deployVerticle(supervision.apply(room)));
  }

  public void stop() {
    wait(vertx.undeploy(deployment));
  }

  @Override
  public void close() {
    wait(vertx.close());
  }

  /** Makes a channel show something. */
  public void show(String channel, String value) {
    shown.put(channel, value);
  }

  public String shown(String channel) {
    return shown.getOrDefault(channel, "");
  }

  public long plantNowNs() {
    return plant.nowNs();
  }

  public Bus bus() {
    return bus;
  }

  private Future<CommandOutcome> execute(SignedCommand signed) {
    executed.add(signed.command());
    return gate.apply(signed);
  }

  /** As the real gate would: checks the signature, writes, reads back, tells. */
  public Future<CommandOutcome> carryOut(SignedCommand signed) {
    Command command = signed.command();
    String channel = command.channel().value();
    assertThat(verifies(signed)).isTrue();
    if (showsAfterMs == 0) {
      showEffect(command, channel);
    } else {
      Thread.ofVirtual()
          .start(
              () -> {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(showsAfterMs));
                showEffect(command, channel);
              });
    }
    return conclude(
        command, new CommandOutcome.Confirmed(command.id(), plant.nowNs(), command.value()));
  }

  private void showEffect(Command command, String channel) {
    show(channel, command.value().display());
    if (channel.equals("purif.pump-b.enable")) {
      boolean runs = command.value().display().equals("ON") && pumpBWorks;
      show("purif.flow", runs ? "1.6" : "0.0");
      show("purif.pump-b.speed", runs ? "50.1" : "0.0");
    }
  }

  public Future<CommandOutcome> refuse(SignedCommand signed, CommandOutcome.Reason reason) {
    Command command = signed.command();
    return conclude(
        command, new CommandOutcome.Refused(command.id(), plant.nowNs(), reason, "scripted"));
  }

  private Future<CommandOutcome> conclude(Command command, CommandOutcome outcome) {
    journal.put(command.id(), outcome);
    GateRecord record = new GateRecord(command, Optional.of(outcome));
    gateLog.add(record);
    bus.publish(Topics.GATE_RECORDS, record);
    return Future.succeededFuture(outcome);
  }

  private boolean verifies(SignedCommand signed) {
    try {
      java.security.Signature signature = java.security.Signature.getInstance("Ed25519");
      signature.initVerify(SupervisionModule.publicKey(room.data()));
      signature.update(signed.command().canonicalBytes().toArray());
      return signature.verify(signed.signature().toArray());
    } catch (java.security.GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Rehearsal agree(RehearsalRequest request) {
    List<Trajectory.Point> points = new ArrayList<>();
    for (long t = 0; t <= request.horizonNs(); t += 10 * Fixtures.SECOND_NS) {
      points.add(new Trajectory.Point(t, new Band(1.5, 1.6, 1.7)));
    }
    return new Rehearsal.Rehearsed(
        0,
        List.of(new Trajectory(Fixtures.FLOW, "kg/s", points)),
        List.of(),
        List.of(),
        Agreement.AGREES,
        Optional.empty(),
        "1",
        Provenance.live(0, 0, "twin", "1", 0, ""));
  }

  public void diagnose(Diagnosis diagnosis) {
    bus.publish(Topics.DIAGNOSES, diagnosis);
  }

  public void diagnosePumpStop() {
    diagnose(Fixtures.diagnosis(Fixtures.pumpFault(), 0.9, plant.nowNs()));
  }

  public <Q, R> R ask(Endpoint<Q, R> endpoint, Q request) {
    return wait(bus.request(endpoint, request));
  }

  public List<Proposal> proposals() {
    return ask(Endpoints.PROPOSALS_LIST, Nothing.NOTHING);
  }

  public Proposal awaitState(Class<? extends ProposalState> state) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(states()).hasAtLeastOneElementOfType(state));
    return proposals().stream().filter(p -> state.isInstance(p.state())).findFirst().orElseThrow();
  }

  private List<ProposalState> states() {
    return proposals().stream().map(Proposal::state).toList();
  }

  public Reply<Proposal> approve(Proposal proposal, Person person) {
    return ask(
        Endpoints.PROPOSALS_DECIDE,
        new DecisionRequest.Approve(
            proposal.id(), proposal.plan().hash(), person, "seen and agreed"));
  }

  public List<AuditRecord> audit() {
    return ask(Endpoints.AUDIT_LIST, 0L);
  }

  public List<String> actions() {
    return audit().stream().map(AuditRecord::action).toList();
  }

  public static Value choice(String label) {
    return new Value.ChoiceValue(List.of("OFF", "ON").indexOf(label), label);
  }

  public static <T> T wait(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }
}
