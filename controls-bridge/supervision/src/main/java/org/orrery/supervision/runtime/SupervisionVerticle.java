package org.orrery.supervision.runtime;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.bus.RoomContext;
import org.orrery.bus.SampleFeed.FeedOptions;
import org.orrery.bus.Topics;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.sample.SampleBatch;
import org.orrery.supervision.SupervisionConfig;
import org.orrery.supervision.core.lifecycle.Effect;
import org.orrery.supervision.core.lifecycle.Entitlement;
import org.orrery.supervision.core.lifecycle.Event;
import org.orrery.supervision.core.lifecycle.ForeignWatch;
import org.orrery.supervision.core.lifecycle.LifecyclePolicy;
import org.orrery.supervision.core.lifecycle.ProposalMachine;
import org.orrery.supervision.core.verification.LimitPlanner;
import org.orrery.supervision.runtime.audit.AuditVerifier;
import org.orrery.supervision.runtime.audit.HeadFile;
import org.orrery.supervision.runtime.audit.SigningKey;
import org.orrery.supervision.runtime.store.ProposalStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Supervision on one event loop: diagnoses come in, proposals are rehearsed, put before people,
 * carried out and verified. It starts without the database and takes up its work once the record
 * can be read; until then it proposes and decides nothing. Deploy one.
 */
public final class SupervisionVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(SupervisionVerticle.class);
  private static final long LOOK_MS = 100;
  private static final long TICK_MS = 1_000;

  private final RoomContext room;
  private final SupervisionConfig config;
  private final ProposalStore store;
  private final SigningKey key;
  private final ChannelView view;
  private final Verifications verifications = new Verifications();
  private final ForeignWatch foreign;
  private final AccessRules access;
  private final List<Bus.Subscription> subscriptions = new ArrayList<>();
  private Optional<Work> work = Optional.empty();
  private boolean loaded;

  /** What exists once the verticle has a context. */
  private record Work(
      RecordKeeper keeper, Desk desk, Diagnoses diagnoses, HouseRecord house, Health health) {}

  /** Makes the verticle; it touches nothing before it is deployed. */
  public SupervisionVerticle(
      RoomContext room,
      SupervisionConfig config,
      AccessRules access,
      ProposalStore store,
      SigningKey key) {
    this.room = room;
    this.config = config;
    this.access = access;
    this.store = store;
    this.key = key;
    this.view = new ChannelView(room.facility(), room.plantClock());
    this.foreign = new ForeignWatch(room.facility());
  }

  @Override
  public Future<?> start() {
    HeadFile headFile = new HeadFile(room.data(), key);
    RecordKeeper keeper = new RecordKeeper(context, store, headFile, room.wallClock());
    VerticleOutlet outlet = new VerticleOutlet(keeper);
    ProposalMachine machine =
        new ProposalMachine(new LifecyclePolicy(config.commandValidNs(), config.resolveWithinNs()));
    Desk desk = new Desk(machine, keeper, room.wallClock(), outlet);
    Executor executor =
        new Executor(
            room,
            key,
            desk,
            view,
            verifications,
            new LimitPlanner(id -> room.facility().channel(id).map(Channel::cadenceNs).orElse(0L)),
            (delayMs, task) -> vertx.setTimer(delayMs, timer -> task.run()),
            config.pollNs());
    outlet.executor = Optional.of(executor);
    Health health = new Health(room, desk, keeper);
    Diagnoses diagnoses = new Diagnoses(room, config, desk, view);
    HouseRecord house = new HouseRecord(room.bus(), keeper, store, room.wallClock());
    Decisions decisions =
        new Decisions(
            desk,
            keeper,
            view,
            room.wallClock(),
            new Entitlement(access, room.facility()),
            () -> house.mode().filter(room.facility().modes()::contains));
    work = Optional.of(new Work(keeper, desk, diagnoses, house, health));
    subscriptions.addAll(
        new SupervisionEndpoints(room, store, keeper, desk, machine, () -> loaded)
            .serve(decisions, new AuditVerifier(store, headFile)));
    Restores restores =
        new Restores(room, desk, keeper, view, access, config.openForNs(), () -> loaded);
    subscriptions.addAll(restores.listen());
    listen(desk, house, diagnoses);
    house.tick(false);
    bootstrapReadings();
    load(keeper, desk);
    vertx.setPeriodic(LOOK_MS, timer -> lookAtVerifications(desk));
    vertx.setPeriodic(TICK_MS, timer -> tick());
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    work.ifPresent(w -> w.desk().close());
    subscriptions.forEach(Bus.Subscription::cancel);
    return work.map(w -> w.keeper().drain()).orElse(Future.succeededFuture());
  }

  /**
   * The gateway tells the state of the writing switch whenever it starts. It forgets at its end who
   * holds a device, so it is told then; that the switch was only turned cannot be told from that,
   * and does no harm.
   */
  private void listen(Desk desk, HouseRecord house, Diagnoses diagnoses) {
    Bus bus = room.bus();
    subscriptions.add(bus.subscribe(Topics.WRITING_STATE, state -> desk.tellAgain()));
    subscriptions.add(bus.subscribe(Topics.GATE_RECORDS, foreign::onRecord));
    subscriptions.add(bus.subscribe(Topics.PROCESS_AWAY, new GateLoss(desk)::onAway));
    subscriptions.add(
        room.feed().subscribe(FeedOptions.all("supervision"), batch -> samples(batch, desk)));
    subscriptions.add(bus.subscribe(Topics.CHANNEL_HEALTH, view::connection));
    subscriptions.add(bus.subscribe(Topics.DIAGNOSES, d -> diagnoses.came(d, loaded)));
    subscriptions.addAll(house.listen());
  }

  private Future<Void> samples(SampleBatch batch, Desk desk) {
    batch.samples().forEach(view::seen);
    long nowNs = room.wallClock().nowNs();
    batch.samples().forEach(sample -> tell(desk, foreign.onSample(sample, view::last, nowNs)));
    if (!verifications.none()) {
      batch.samples().forEach(verifications::seen);
    }
    return Future.succeededFuture();
  }

  private static void tell(Desk desk, List<ForeignWatch.Foreign> changes) {
    changes.forEach(change -> desk.happened(change.proposal(), p -> change.event()));
  }

  /**
   * What spoke before we listened; the gateway may come up later, then the feed brings everything.
   */
  private void bootstrapReadings() {
    room.bus()
        .request(Endpoints.GATEWAY_LATEST, Nothing.NOTHING)
        .onSuccess(samples -> samples.forEach(view::seen))
        .onFailure(failure -> LOG.debug("no readings yet: {}", failure.getMessage()));
  }

  private void load(RecordKeeper keeper, Desk desk) {
    keeper
        .read(() -> new Loaded(store.newest(SupervisionEndpoints.LISTED), store.unfinished()))
        .onSuccess(
            record -> {
              loaded = true;
              record.newest().stream().filter(p -> p.state().terminal()).forEach(desk::keep);
              record.unfinished().forEach(desk::resume);
              work.ifPresent(w -> w.house().tick(true));
              LOG.info("{} open proposals on record", record.unfinished().size());
            })
        .onFailure(
            failure -> {
              if (!(failure instanceof ProposalStore.UnavailableException)) {
                LOG.error("the record cannot be read: {}", failure.toString());
              }
              vertx.setTimer(TICK_MS, timer -> load(keeper, desk));
            });
  }

  private record Loaded(List<Proposal> newest, List<Proposal> unfinished) {}

  private void lookAtVerifications(Desk desk) {
    if (verifications.none()) {
      return;
    }
    verifications.look(
        view.readings(),
        (id, step, passed, checks) ->
            desk.happened(id, p -> new Event.VerificationEnded(step, passed, checks)));
  }

  private void tick() {
    work.ifPresent(
        w -> {
          if (loaded) {
            w.diagnoses().tick();
          }
          w.house().tick(loaded);
          tell(w.desk(), foreign.onTick(view::last, room.wallClock().nowNs()));
          w.desk().timePasses();
          w.keeper().flush();
          w.health().tick(loaded);
        });
  }

  private final class VerticleOutlet implements Outlet {
    private final RecordKeeper keeper;
    private Optional<Executor> executor = Optional.empty();

    private VerticleOutlet(RecordKeeper keeper) {
      this.keeper = keeper;
    }

    @Override
    public void changed(Proposal proposal) {
      room.bus().publish(Topics.PROPOSALS, proposal);
      foreign.onProposal(proposal, room.wallClock().nowNs());
      executor.orElseThrow().lookAfter(proposal);
    }

    @Override
    public void told(Proposal proposal) {
      room.bus().publish(Topics.PROPOSALS, proposal);
    }

    @Override
    public void carryOut(Proposal proposal, Effect effect) {
      executor.orElseThrow().carryOut(proposal, effect);
    }

    @Override
    public Future<Optional<Proposal>> reload(ProposalId id) {
      return keeper.read(() -> store.find(id));
    }

    @Override
    public void later(Runnable task) {
      vertx.setTimer(TICK_MS, timer -> task.run());
    }
  }
}
