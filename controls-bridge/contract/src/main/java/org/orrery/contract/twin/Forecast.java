package org.orrery.contract.twin;

import java.util.List;
import org.orrery.contract.Provenance;

/**
 * Where channels go if nothing is done.
 *
 * @param trajectories one course per channel
 * @param agreement whether the twin believed itself when asked
 * @param provenance where this comes from
 */
public record Forecast(List<Trajectory> trajectories, Agreement agreement, Provenance provenance) {
  public Forecast {
    trajectories = List.copyOf(trajectories);
  }
}
