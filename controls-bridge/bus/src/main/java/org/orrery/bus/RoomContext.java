package org.orrery.bus;

import java.nio.file.Path;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.time.IdSource;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.time.WallClock;

/**
 * What every room is handed when it is made.
 *
 * @param bus topics and endpoints
 * @param feed samples
 * @param facility the facility
 * @param plantClock the plant's time
 * @param wallClock people's time
 * @param ids makes identifiers
 * @param seed root of every random source; a room derives its own from it and its name
 * @param data the room's own folder, which it makes where it needs one; the composition root holds
 *     the data directory here and hands it to no room
 * @param version version of the running code, for provenance
 */
public record RoomContext(
    Bus bus,
    SampleFeed feed,
    Facility facility,
    PlantClock plantClock,
    WallClock wallClock,
    IdSource ids,
    long seed,
    Path data,
    String version) {
  /**
   * The same for one room: its folder is the one of its name in this one's folder, so that no room
   * is handed what another keeps, the signing key before all.
   */
  public RoomContext forRoom(String name) {
    return new RoomContext(
        bus, feed, facility, plantClock, wallClock, ids, seed, data.resolve(name), version);
  }

  /** The same with another bus. */
  public RoomContext over(Bus other) {
    return new RoomContext(other, feed, facility, plantClock, wallClock, ids, seed, data, version);
  }
}
