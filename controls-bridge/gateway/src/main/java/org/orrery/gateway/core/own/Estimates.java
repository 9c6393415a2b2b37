package org.orrery.gateway.core.own;

import java.util.Optional;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.twin.Band;
import org.orrery.contract.twin.TwinState;
import org.orrery.contract.twin.TwinState.ChannelEstimate;

/** What the twin's estimate of one channel says by itself. Stateless. */
public final class Estimates {
  /** Standard deviations from the median to the 95 % quantile of a normal distribution. */
  private static final double SIGMAS_TO_95 = 1.6449;

  /** A reading this far off happens by chance once in 370 steps. */
  private static final double DOUBTFUL_SIGMAS = 3;

  /** A reading this far off does not happen by chance. */
  private static final double LOST_SIGMAS = 5;

  private Estimates() {}

  /** Half the distance between the 5 % and the 95 % quantile, as standard deviations go. */
  public static double sigma(Band band) {
    return (band.high() - band.low()) / (2 * SIGMAS_TO_95);
  }

  /**
   * Whether the channel's newest reading fits the estimate: doubtful from three standard deviations
   * on, lost from five on. Empty where nothing was read. A twin that has lost itself agrees with no
   * channel.
   */
  public static Optional<Agreement> agreement(TwinState twin, ChannelEstimate estimate) {
    if (twin.agreement() == Agreement.LOST) {
      return Optional.of(Agreement.LOST);
    }
    double sigma = sigma(estimate.band());
    if (estimate.measured().isEmpty() || !(sigma > 0)) {
      return Optional.empty();
    }
    double off = Math.abs(estimate.measured().getAsDouble() - estimate.band().median()) / sigma;
    return Optional.of(
        off >= LOST_SIGMAS
            ? Agreement.LOST
            : off >= DOUBTFUL_SIGMAS ? Agreement.DOUBTS : Agreement.AGREES);
  }
}
