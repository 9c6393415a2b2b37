package org.orrery.supervision.runtime;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.orrery.bus.RoomContext;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.diagnosis.FindingId;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.supervision.SupervisionConfig;
import org.orrery.supervision.core.playbook.Intake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the latest diagnosis of each finding for a while and has a proposal made once a playbook
 * fits the readings. For one context; not thread-safe.
 */
final class Diagnoses {
  private static final Logger LOG = LoggerFactory.getLogger(Diagnoses.class);

  /** Far more than troubles that one detector has at once. */
  private static final int MOST = 100;

  private final RoomContext room;
  private final SupervisionConfig config;
  private final Desk desk;
  private final ChannelView view;
  private final Intake intake;
  private final Map<FindingId, Awaited> latest = new HashMap<>();
  private final Set<FindingId> inTurn = new HashSet<>();

  private record Awaited(Diagnosis diagnosis, long sinceNs) {}

  Diagnoses(RoomContext room, SupervisionConfig config, Desk desk, ChannelView view) {
    this.room = room;
    this.config = config;
    this.desk = desk;
    this.view = view;
    this.intake =
        new Intake(
            Intake.standardPlaybooks(),
            room.facility(),
            config.openForNs(),
            config.coolDownNs(),
            config.leastCompleteness());
  }

  /**
   * Takes a diagnosis.
   *
   * @param ready whether proposals can be made yet; otherwise it is looked at later
   */
  void came(Diagnosis diagnosis, boolean ready) {
    if (latest.size() >= MOST && !latest.containsKey(diagnosis.finding())) {
      LOG.warn("more than {} diagnoses at once; {} is left out", MOST, diagnosis.id());
      return;
    }
    latest.put(diagnosis.finding(), new Awaited(diagnosis, room.wallClock().nowNs()));
    if (ready) {
      consider(diagnosis.finding());
    }
  }

  /** Looks again at what did not fit yet, and forgets what is old. */
  void tick() {
    long nowNs = room.wallClock().nowNs();
    latest.values().removeIf(a -> nowNs - a.sinceNs() > config.lookAgainForNs());
    List.copyOf(latest.keySet()).forEach(this::consider);
  }

  private void consider(FindingId finding) {
    if (inTurn.add(finding)) {
      desk.make(() -> drafted(finding)).onComplete(done -> inTurn.remove(finding));
    }
  }

  private Optional<Proposal> drafted(FindingId finding) {
    Awaited awaited = latest.get(finding);
    if (awaited == null || !desk.settled()) {
      return Optional.empty();
    }
    Intake.Decision decision =
        intake.consider(
            awaited.diagnosis(),
            desk.known(),
            view.readings(),
            new ProposalId(room.ids().next()),
            room.wallClock().nowNs(),
            room.plantClock());
    return switch (decision) {
      case Intake.Decision.Propose propose -> Optional.of(propose.draft());
      case Intake.Decision.NotNow not -> {
        LOG.debug("diagnosis {}: {}", awaited.diagnosis().id(), not.why());
        yield Optional.empty();
      }
      case Intake.Decision.Nothing nothing -> {
        latest.remove(finding);
        LOG.debug("diagnosis {}: {}", awaited.diagnosis().id(), nothing.why());
        yield Optional.empty();
      }
    };
  }
}
