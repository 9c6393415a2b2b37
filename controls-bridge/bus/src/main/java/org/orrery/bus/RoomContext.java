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
 * @param data the data directory; a room keeps its files in a folder of its own name
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
    String version) {}
