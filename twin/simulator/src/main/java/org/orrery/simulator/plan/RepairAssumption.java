package org.orrery.simulator.plan;

import java.util.Optional;

/**
 * What is assumed about one repair. Immutable.
 *
 * @param who who must do it
 * @param takes time in people's hands, from the decision
 * @param byScript time in a script's hands; absent if no script may do it
 */
public record RepairAssumption(
    Who who,
    @Measured(Measure.TIME) Assumption takes,
    @Measured(Measure.TIME) Optional<Assumption> byScript) {}
