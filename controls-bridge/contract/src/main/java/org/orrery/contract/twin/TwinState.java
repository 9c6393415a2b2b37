package org.orrery.contract.twin;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.orrery.contract.Provenance;
import org.orrery.contract.facility.ChannelId;

/**
 * What the twin believes at one time.
 *
 * @param atNs plant ns
 * @param agreement whether it believes itself
 * @param normalisedInnovationSquared mean square of the normalised innovations over the recent
 *     past; about 1 when all is well
 * @param channels estimates of observed channels
 * @param parameters estimates of slow parameters
 * @param workingHypothesis the fault that the twin has taken into its model, in words, while it has
 * @param provenance where this comes from
 */
public record TwinState(
    long atNs,
    Agreement agreement,
    double normalisedInnovationSquared,
    List<ChannelEstimate> channels,
    List<ParameterEstimate> parameters,
    Optional<String> workingHypothesis,
    Provenance provenance) {
  public TwinState {
    channels = List.copyOf(channels);
    parameters = List.copyOf(parameters);
  }

  /**
   * The twin's view of one channel.
   *
   * @param channel which channel
   * @param band what a reading now is expected to be, 5 to 95 %, observation error included
   * @param measured the latest usable reading
   * @param measuredAtNs when that was taken, plant ns; 0 where there is none
   * @param innovation (measured - expected) / expected standard deviation, where something new was
   *     measured in this step
   * @param assimilated true where the reading was used to correct the state
   */
  public record ChannelEstimate(
      ChannelId channel,
      Band band,
      OptionalDouble measured,
      long measuredAtNs,
      OptionalDouble innovation,
      boolean assimilated) {}

  /**
   * A slow parameter.
   *
   * @param name the parameter, for example {@code impurity source}
   * @param mean ensemble mean
   * @param standardDeviation ensemble standard deviation
   * @param unit UCUM code
   */
  public record ParameterEstimate(
      String name, double mean, double standardDeviation, String unit) {}
}
