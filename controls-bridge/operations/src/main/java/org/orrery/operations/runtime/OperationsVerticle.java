package org.orrery.operations.runtime;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.RoomContext;
import org.orrery.bus.SampleFeed;
import org.orrery.bus.Topics;
import org.orrery.contract.Reply;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.operations.ControlRequest;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.operations.TagOut;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.SampleBatch;
import org.orrery.operations.OperationsConfig;
import org.orrery.operations.core.ControlEntry;
import org.orrery.operations.core.LostNames;
import org.orrery.operations.core.Operations;
import org.orrery.operations.core.Remembered;
import org.orrery.store.Database;
import org.orrery.store.DatabaseException;
import org.orrery.store.DatabaseUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries the DAQ's words and people's requests to the core, and its state to everybody. In a new
 * data directory with a database it says and serves nothing until the tables were read: not to have
 * looked is not to have found no tag-outs, and whoever needs them refuses until told.
 */
public final class OperationsVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(OperationsVerticle.class);
  private static final String ROOM = "operations";
  private static final long REPEAT_MS = 10_000;
  private static final long RECORD_MS = 1_000;
  private static final long EXPIRE_MS = 1_000;
  private static final long WRITE_AGAIN_MS = 1_000;
  private static final Future<List<String>> NOTHING_BESIDES = Future.succeededFuture(List.of());
  private static final String NOT_LOOKED =
      "Control and tag-outs are not known until the database has been read; nothing is written"
          + " until then";

  private final RoomContext room;
  private final OperationsConfig config;
  private final Optional<OperationsRecord> record;
  private final StateFile file;
  private final GateQuestion gate;
  private final List<Bus.Subscription> subscriptions = new ArrayList<>();
  private Operations operations = Operations.of(OperationsState.UNKNOWN);
  private Remembered begun = Remembered.NOTHING;
  private long revision;
  private int writes;
  private boolean known;
  private boolean loaded;
  private @Nullable Future<?> recording;
  private String fileTrouble = "";
  private String recordTrouble = "";
  private RoomHealth health;

  /** See {@link org.orrery.operations.OperationsModule#create}. */
  public OperationsVerticle(
      RoomContext room, OperationsConfig config, Optional<Database> database) {
    this.room = room;
    this.config = config;
    this.record = database.map(OperationsRecord::new);
    this.file = new StateFile(room.data().resolve("state.properties"));
    this.gate = new GateQuestion(room.bus(), room.facility());
    this.health = new RoomHealth(ROOM, RoomHealth.Status.UP, "", room.wallClock().nowNs());
  }

  @Override
  public Future<?> start() {
    return vertx.executeBlocking(file::read).map(this::begin);
  }

  private @Nullable Void begin(Optional<Remembered> remembered) {
    known = remembered.isPresent() || record.isEmpty();
    begun = remembered.orElse(Remembered.NOTHING);
    operations = Operations.of(begun.state());
    revision = Math.max(0, begun.revision());
    Set<ChannelId> wanted = Set.of(config.runNumber(), config.runState(), config.mode());
    subscriptions.add(
        room.feed()
            .subscribe(SampleFeed.FeedOptions.all(ROOM).only(wanted::contains), this::samples));
    vertx.setPeriodic(
        REPEAT_MS,
        timer -> {
          room.bus().publish(Topics.ROOM_HEALTH, health);
          // Said again for whoever began to listen later.
          if (known) {
            room.bus().publish(Topics.OPERATIONS, operations.state());
          }
        });
    vertx.setPeriodic(EXPIRE_MS, timer -> expire());
    vertx.setPeriodic(WRITE_AGAIN_MS, timer -> writeAgain());
    record.ifPresent(tables -> vertx.setPeriodic(1, RECORD_MS, timer -> keep(tables)));
    if (known) {
      open();
    } else {
      recordTrouble = NOT_LOOKED;
    }
    report();
    room.bus().publish(Topics.ROOM_HEALTH, health);
    return null;
  }

  private void open() {
    Bus bus = room.bus();
    subscriptions.add(
        bus.serve(
            Endpoints.OPERATIONS_STATE, nothing -> Future.succeededFuture(operations.state())));
    subscriptions.add(bus.serve(Endpoints.OPERATIONS_CONTROL, this::request));
    bus.publish(Topics.OPERATIONS, operations.state());
  }

  @Override
  public Future<?> stop() {
    subscriptions.forEach(Bus.Subscription::cancel);
    Future<?> underWay = recording;
    Future<?> settled =
        underWay == null
            ? Future.succeededFuture()
            : underWay.transform(done -> Future.succeededFuture());
    return settled.compose(done -> flush());
  }

  /** Writes what waits; what cannot be written now stands in the file. */
  private Future<?> flush() {
    return record.isEmpty() || !loaded
        ? Future.succeededFuture()
        : vertx
            .executeBlocking(() -> record.get().flush())
            .transform(done -> Future.succeededFuture());
  }

  private Future<Void> samples(SampleBatch batch) {
    for (Sample sample : batch.samples()) {
      if (sample.quality() == Quality.GOOD || sample.quality() == Quality.STALE) {
        become(heard(sample), List.of());
      }
    }
    return Future.succeededFuture();
  }

  private Operations heard(Sample sample) {
    ChannelId channel = sample.channel();
    if (channel.equals(config.runNumber())) {
      return operations.onRunNumber(sample.value(), sample.sourceTimeNs());
    }
    if (channel.equals(config.runState())) {
      return operations.onRunState(sample.value(), sample.sourceTimeNs());
    }
    return operations.onMode(sample.value());
  }

  private Future<Reply<OperationsState>> request(ControlRequest request) {
    Operations.Decision decision =
        operations.onRequest(request, room.facility(), room.wallClock().nowNs());
    decision
        .entry()
        .ifPresent(
            entry ->
                LOG.info(
                    "{} {} {} {}",
                    entry.person(),
                    entry.action(),
                    entry.subject(),
                    entry.detail()));
    return become(decision.next(), decision.entry().stream().toList())
        .compose(tried -> decision.entry().isEmpty() ? NOTHING_BESIDES : besides(request))
        .map(
            besides ->
                besides.isEmpty()
                    ? decision.reply()
                    : new Reply.Declined<>(
                        "This holds from now on, but " + String.join("; and ", besides)));
  }

  /** What a person who has changed something must know besides. */
  private Future<List<String>> besides(ControlRequest request) {
    List<String> besides = new ArrayList<>();
    if (!fileTrouble.isEmpty()) {
      besides.add(
          "it is not on disk yet and may be gone after a restart: "
              + fileTrouble
              + "; it is tried again every second, see to the disk");
    }
    Optional<TagOut> set =
        operations.state().tagOuts().stream()
            .filter(
                tag ->
                    request instanceof ControlRequest.SetTagOut wish
                        && wish.device().equals(tag.device()))
            .findFirst();
    return set.map(gate::about)
        .orElse(NOTHING_BESIDES)
        .map(
            writes -> {
              besides.addAll(writes);
              return besides;
            });
  }

  private void expire() {
    Operations.Lapse lapse = operations.onTime(room.wallClock().nowNs());
    if (!lapse.entries().isEmpty()) {
      become(lapse.next(), lapse.entries());
    }
  }

  /** Completes when what must survive is on disk, or could not be brought there this time. */
  private Future<Void> become(Operations next, List<ControlEntry> entries) {
    OperationsState before = operations.state();
    operations = next;
    OperationsState state = next.state();
    if (!known || state.equals(before)) {
      return Future.succeededFuture();
    }
    room.bus().publish(Topics.OPERATIONS, state);
    report();
    boolean kept =
        state.control().equals(before.control())
            && state.tagOuts().equals(before.tagOuts())
            && state.locks().equals(before.locks())
            && state.run().equals(before.run());
    if (kept) {
      return Future.succeededFuture();
    }
    revision++;
    record.ifPresent(tables -> tables.remember(remembered(), entries));
    return write();
  }

  private Remembered remembered() {
    return new Remembered(operations.state(), revision);
  }

  private Future<Void> write() {
    Remembered newest = remembered();
    writes++;
    // Ordered: the newest state is written last.
    return vertx
        .executeBlocking(
            () -> {
              file.write(newest);
              return true;
            })
        .transform(
            done -> {
              writes--;
              fileTrouble = done.succeeded() ? "" : String.valueOf(done.cause().getMessage());
              report();
              return Future.succeededFuture();
            });
  }

  /** A disk that was full may have room again. */
  private void writeAgain() {
    if (!fileTrouble.isEmpty() && writes == 0) {
      write();
    }
  }

  private void keep(OperationsRecord tables) {
    if (recording != null) {
      return;
    }
    Future<?> work =
        loaded
            ? vertx.executeBlocking(tables::flush, false)
            : vertx.executeBlocking(tables::load, false).onSuccess(this::onLoaded);
    recording = work;
    work.onComplete(
        done -> {
          recording = null;
          recordTrouble = done.succeeded() ? "" : known ? trouble(done.cause()) : NOT_LOOKED;
          report();
        });
  }

  /**
   * The newer of file and tables is right: the tables where the file could not be written, or where
   * the data directory is new.
   */
  private void onLoaded(Remembered stored) {
    loaded = true;
    OperationsState combined = Remembered.combine(begun, operations.state(), stored);
    revision = Math.max(revision, stored.revision());
    boolean first = !known;
    known = true;
    become(new Operations(combined, operations.runNumber(), operations.running()), List.of());
    if (first) {
      // Also where nothing was found: the next life then begins with that.
      write();
      open();
    }
    record.ifPresent(tables -> tables.remember(remembered(), List.of()));
  }

  private static String trouble(Throwable failure) {
    return switch (failure) {
      case DatabaseUnavailableException e ->
          "Control and tag-outs hold, but runs are not recorded: no database";
      case DatabaseException e -> "The database refuses what operations records: " + e.getMessage();
      default -> "Recording failed: " + failure;
    };
  }

  private void report() {
    List<String> troubles = new ArrayList<>();
    if (!fileTrouble.isEmpty()) {
      troubles.add("Control and tag-outs hold, but cannot be written to disk: " + fileTrouble);
    } else if (!recordTrouble.isEmpty()) {
      troubles.add(recordTrouble);
    }
    troubles.addAll(LostNames.told(operations.state(), room.facility()));
    String trouble = String.join("; ", troubles);
    if (trouble.equals(health.detail())) {
      return;
    }
    RoomHealth.Status status =
        trouble.isEmpty() ? RoomHealth.Status.UP : RoomHealth.Status.DEGRADED;
    LOG.info("operations {}", trouble.isEmpty() ? "are recorded" : "degraded: " + trouble);
    health = new RoomHealth(ROOM, status, trouble, room.wallClock().nowNs());
    room.bus().publish(Topics.ROOM_HEALTH, health);
  }
}
