package org.orrery.app.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.orrery.app.config.Site;
import org.orrery.bus.RoomContext;
import org.orrery.contract.Person.Role;
import org.orrery.lab.drill.DrillModule;
import org.orrery.lab.drill.DrillRefusedException;
import org.orrery.lab.drill.core.DrillScenario;
import org.orrery.server.ServerModule;

/** Where a drill may run, and what it is made of. Stateless. */
final class Drills {
  /** The name of its health messages. */
  static final String ROOM = "drill";

  private static final String COLLEAGUE = "colleague";

  private Drills() {}

  /**
   * Says whether the drill of a start may run there; does nothing where none is asked for.
   *
   * @throws DrillRefusedException if the facility is not simulated, if the site names servers of
   *     its own, or if the data directory was used before
   */
  static void check(RunOptions options) {
    if (options.drill().isEmpty()) {
      return;
    }
    DrillModule.check(options.facility(), options.drill().get());
    Site site = options.site();
    if (!site.epicsServers().isEmpty()
        || !site.caServers().isEmpty()
        || !site.pva().nameServers().isEmpty()
        || site.kafkaServers().isPresent()
        || site.database().isPresent()
        || site.phoebus().isPresent()) {
      throw new DrillRefusedException(
          "a drill starts a detector, a broker and a database of its own; leave the servers of the"
              + " site out");
    }
    if (!options.roles().all()) {
      throw new DrillRefusedException("a drill runs in one process; leave --roles out");
    }
    if (Files.exists(options.data().resolve("lock"))) {
      throw new DrillRefusedException(
          "something has run on "
              + options.data()
              + " already; a drill needs a data directory of its own: give a new --data, or leave"
              + " it out");
    }
  }

  /**
   * Makes the account of the colleague whose agreement some proposals need; blocks.
   *
   * @return the account with its password
   */
  static String secondPerson(ServerModule pages) {
    String password = pages.account(COLLEAGUE, Set.of(Role.SHIFTER, Role.EXPERT));
    return COLLEAGUE + "   password  " + password + "   (where two people must agree)";
  }

  /** The room that plays it. */
  static Rooms.Room room(RoomContext context, DrillScenario drill) {
    Path orders = context.data().resolve("soft-ioc").resolve("faults");
    return new Rooms.Room(ROOM, true, DrillModule.create(context, drill, orders));
  }
}
