package org.orrery.archive;

import java.time.Duration;
import java.util.List;
import org.orrery.bus.kafka.KafkaConfig;
import org.orrery.contract.facility.ChannelPattern;

/**
 * The archive.
 *
 * @param kafka where the samples come from
 * @param maxBatch most samples of one transaction
 * @param maxDelay how long a sample may wait for others before it is written; bounds both the delay
 *     until it can be retrieved and the number of transactions
 * @param rawDays how many whole plant days of raw samples are kept before today; 0 keeps all;
 *     roll-ups are always kept
 * @param groups channels of which raw samples are kept shorter or longer, in order of precedence
 */
public record ArchiveConfig(
    KafkaConfig kafka, int maxBatch, Duration maxDelay, int rawDays, List<Group> groups) {
  public ArchiveConfig {
    groups = List.copyOf(groups);
    if (maxBatch < 1 || maxDelay.isNegative() || rawDays < 0) {
      throw new IllegalArgumentException(
          "the archive needs maxBatch >= 1, maxDelay >= 0 and rawDays >= 0, got %d, %s and %d"
              .formatted(maxBatch, maxDelay, rawDays));
    }
  }

  /**
   * A group of channels. A channel belongs to the first group that holds it.
   *
   * @param name what the site calls it, for example {@code waveforms}
   * @param subsystems names of subsystems that it holds
   * @param channels patterns of the ids of channels that it holds
   * @param rawDays whole plant days that raw samples are kept before today; 0 keeps all
   */
  public record Group(
      String name, List<String> subsystems, List<ChannelPattern> channels, int rawDays) {
    public Group {
      subsystems = List.copyOf(subsystems);
      channels = List.copyOf(channels);
      if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*") || rawDays < 0) {
        throw new IllegalArgumentException(
            "a group needs a name of lower-case words joined by '-' and rawDays >= 0, got '%s', %d"
                .formatted(name, rawDays));
      }
    }
  }

  /** 20,000 samples or half a second; every sample is kept. */
  public static ArchiveConfig of(KafkaConfig kafka) {
    return new ArchiveConfig(kafka, 20_000, Duration.ofMillis(500), 0, List.of());
  }

  /** The same with a bound on the days of raw samples, and others for some groups. */
  public ArchiveConfig keepingRawDays(int days, List<Group> groups) {
    return new ArchiveConfig(kafka, maxBatch, maxDelay, days, groups);
  }
}
