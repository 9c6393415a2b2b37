package org.orrery.supervision.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.orrery.bus.RoomContext;
import org.orrery.bus.Topics;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.health.RoomHealth.Status;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;

/**
 * Says how supervision is, and calls for people while a proposal is held. For one context; not
 * thread-safe.
 */
final class Health {
  private static final int TICKS_BETWEEN = 10;

  /** A failed roll-back has no later state that says it was seen to; one hour, wall ns. */
  private static final long REMEMBERED_NS = 3_600_000_000_000L;

  private final RoomContext room;
  private final Desk desk;
  private final RecordKeeper keeper;
  private RoomHealth last;
  private int ticks;

  Health(RoomContext room, Desk desk, RecordKeeper keeper) {
    this.room = room;
    this.desk = desk;
    this.keeper = keeper;
    this.last = new RoomHealth("supervision", Status.UP, "", room.wallClock().nowNs());
  }

  void tick(boolean loaded) {
    List<String> worries = new ArrayList<>();
    boolean down = !loaded;
    if (!loaded) {
      worries.add("the record cannot be read yet, so nothing is proposed or decided");
    } else if (!keeper.writable()) {
      down = true;
      worries.add(
          "the record cannot be written, so nothing is proposed or decided; "
              + keeper.waiting()
              + " entries wait");
    }
    for (Proposal proposal : desk.known()) {
      call(proposal).ifPresent(worries::add);
    }
    Status status = down ? Status.DOWN : worries.isEmpty() ? Status.UP : Status.DEGRADED;
    String detail = String.join("; ", worries);
    boolean changed = status != last.status() || !detail.equals(last.detail());
    if (changed) {
      last = new RoomHealth("supervision", status, detail, room.wallClock().nowNs());
    }
    if (changed || ticks++ % TICKS_BETWEEN == 0) {
      room.bus().publish(Topics.ROOM_HEALTH, last);
    }
  }

  /** Why a person is called about a proposal, while one is. */
  private Optional<String> call(Proposal proposal) {
    ProposalState state = proposal.state();
    if (state instanceof ProposalState.Held held) {
      return Optional.of(call(proposal, "is held", held.why()));
    }
    if (state instanceof ProposalState.RollbackFailed failed
        && room.wallClock().nowNs() - failed.atNs() < REMEMBERED_NS) {
      return Optional.of(call(proposal, "could not be taken back", failed.why()));
    }
    return Optional.empty();
  }

  private static String call(Proposal proposal, String what, String why) {
    return "'"
        + proposal.plan().title()
        + "' "
        + what
        + ", call "
        + proposal.plan().callOut()
        + ": "
        + why;
  }
}
