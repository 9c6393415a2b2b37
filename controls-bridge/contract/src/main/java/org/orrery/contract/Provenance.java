package org.orrery.contract;

import java.util.Optional;

/**
 * Where a derived thing comes from, so that it can be made again.
 *
 * @param dataFromNs start of the data span, plant time, ns since the epoch
 * @param dataToNs end of the data span, plant time, ns since the epoch
 * @param dataHash hash of the data where one was taken
 * @param producer what made it, for example {@code twin} or {@code dqm.innovation}
 * @param version code and model version of the producer
 * @param seed seed of its random source; 0 where it uses none
 * @param configHash hash of the configuration it ran with; empty where it has none
 */
public record Provenance(
    long dataFromNs,
    long dataToNs,
    Optional<String> dataHash,
    String producer,
    String version,
    long seed,
    String configHash) {

  /** A provenance without a data hash, which is the usual case for live results. */
  public static Provenance live(
      long dataFromNs,
      long dataToNs,
      String producer,
      String version,
      long seed,
      String configHash) {
    return new Provenance(
        dataFromNs, dataToNs, Optional.empty(), producer, version, seed, configHash);
  }
}
