package org.orrery.lab.drill;

import io.vertx.core.Deployable;
import java.nio.file.Path;
import org.orrery.bus.RoomContext;
import org.orrery.contract.facility.Facility;
import org.orrery.lab.drill.core.DrillScenario;

/** Makes drills, and refuses to where one must not run. Stateless. */
public final class DrillModule {
  private DrillModule() {}

  /**
   * Makes the verticle that plays a drill.
   *
   * @param context what every room is handed
   * @param scenario what is played
   * @param orders the folder of orders of the simulated detector in the drill's own data directory
   * @throws DrillRefusedException if the facility is not simulated, or lacks a channel of the drill
   */
  public static Deployable create(RoomContext context, DrillScenario scenario, Path orders) {
    check(context.facility(), scenario);
    return new DrillVerticle(context, scenario, orders);
  }

  /**
   * Says whether a drill may run on a facility.
   *
   * @throws DrillRefusedException if the facility is not simulated, or lacks a channel of the drill
   */
  public static void check(Facility facility, DrillScenario scenario) {
    if (!facility.simulated()) {
      throw new DrillRefusedException(
          "a drill breaks things on purpose, and "
              + facility.name()
              + " is not a simulated facility; drills run on the simulated reference detector"
              + " only");
    }
    scenario.watched().stream()
        .filter(channel -> facility.channel(channel).isEmpty())
        .findFirst()
        .ifPresent(
            missing -> {
              throw new DrillRefusedException(
                  "drill %s reads channel %s, which %s does not have"
                      .formatted(scenario.sheet().name(), missing, facility.name()));
            });
  }
}
