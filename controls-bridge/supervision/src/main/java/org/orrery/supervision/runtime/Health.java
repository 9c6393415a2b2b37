package org.orrery.supervision.runtime;

import java.util.ArrayList;
import java.util.List;
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
    } else if (!keeper.reachable()) {
      down = true;
      worries.add(
          "the record cannot be written, so nothing is proposed or decided; "
              + keeper.waiting()
              + " entries wait");
    }
    for (Proposal proposal : desk.known()) {
      if (proposal.state() instanceof ProposalState.Held held) {
        worries.add(
            "'"
                + proposal.plan().title()
                + "' is held, call "
                + proposal.plan().callOut()
                + ": "
                + held.why());
      }
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
}
