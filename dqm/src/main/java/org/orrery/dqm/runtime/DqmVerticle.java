package org.orrery.dqm.runtime;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.orrery.bus.Bus;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.diagnosis.FindingId;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.twin.TwinState;
import org.orrery.dqm.DqmConfig;
import org.orrery.dqm.core.Completeness;
import org.orrery.dqm.core.DetectorSettings;
import org.orrery.dqm.core.InnovationDetector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries the twin's states to the detector and its findings to the bus. */
public final class DqmVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(DqmVerticle.class);
  private static final String ROOM = "dqm";
  private static final long CHECK_MS = 2_000;
  private static final long SILENCE_NS = 30_000_000_000L;
  private static final int REPEAT_CHECKS = 5;

  private final RoomContext room;
  private final DqmConfig config;
  private final InnovationDetector detector;
  private final Completeness completeness;
  private final List<Bus.Subscription> subscriptions = new ArrayList<>();

  /** The findings that last; a finding comes again whenever it grows. */
  private final Set<FindingId> on = new HashSet<>();

  private RoomHealth health;
  private long heardNs;
  private int checks;

  /** See {@link org.orrery.dqm.DqmModule#create}. */
  public DqmVerticle(RoomContext room, DqmConfig config) {
    this.room = room;
    this.config = config;
    this.completeness = new Completeness(room.facility());
    this.detector =
        new InnovationDetector(
            room.facility(),
            new DetectorSettings(
                config.falseAlarmsPerWeek(),
                config.warmUpNs(),
                config.quietNs(),
                config.joinNs(),
                config.updateNs(),
                room.seed() ^ ROOM.hashCode()),
            room.ids(),
            room.version());
    this.heardNs = room.wallClock().nowNs();
    this.health = new RoomHealth(ROOM, RoomHealth.Status.UP, "", heardNs);
  }

  @Override
  public Future<?> start() {
    subscriptions.add(room.bus().subscribe(Topics.TWIN_STATE, this::state));
    subscriptions.add(room.bus().subscribe(Topics.LOSS, this::loss));
    vertx.setPeriodic(CHECK_MS, timer -> check());
    room.bus().publish(Topics.ROOM_HEALTH, health);
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    subscriptions.forEach(Bus.Subscription::cancel);
    return Future.succeededFuture();
  }

  private void loss(LossCount count) {
    if (count.stage().equals(config.feedStage())) {
      completeness.count(count);
    }
  }

  private void state(TwinState state) {
    heardNs = room.wallClock().nowNs();
    for (Finding finding : detector.step(state, completeness.of(state))) {
      boolean turned = finding.active() ? on.add(finding.id()) : on.remove(finding.id());
      if (turned) {
        LOG.info(
            "finding {} {}: {}, p {} per hour",
            finding.id(),
            finding.active() ? "on" : "over",
            finding.title(),
            "%.1e".formatted(finding.pValue()));
      }
      room.bus().publish(Topics.FINDINGS, finding);
    }
  }

  private void check() {
    boolean silent = room.wallClock().nowNs() - heardNs > SILENCE_NS;
    if (silent && health.status() == RoomHealth.Status.UP) {
      change(RoomHealth.Status.DEGRADED, "The twin says nothing: no data quality findings");
    } else if (!silent && health.status() != RoomHealth.Status.UP) {
      change(RoomHealth.Status.UP, "");
    } else if (++checks % REPEAT_CHECKS == 0) {
      room.bus().publish(Topics.ROOM_HEALTH, health);
    }
  }

  private void change(RoomHealth.Status status, String detail) {
    health = new RoomHealth(ROOM, status, detail, room.wallClock().nowNs());
    LOG.info("dqm {} {}", status, detail);
    room.bus().publish(Topics.ROOM_HEALTH, health);
  }
}
