package org.orrery.scenarios.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.orrery.scenarios.harness.Logs;

/**
 * Many random kills of Orrery, broker, database and soft IOC, in one unattended campaign:
 *
 * <pre>
 * mvn -Psoak verify -Dorrery.soak.kills=500 [-Dorrery.soak.dir=DIR] [-Dorrery.soak.seed=1]
 * </pre>
 *
 * It goes on in the same folder where it ended.
 */
@Tag("soak")
@ExtendWith(Logs.class)
class KillCampaignTest {
  @Test
  void shouldLoseNothingAndRepeatNothingWhateverIsKilled() throws Exception {
    // Given
    int kills = Integer.getInteger("orrery.soak.kills", 500);
    long seed = Long.getLong("orrery.soak.seed", 1);
    Path folder =
        Path.of(System.getProperty("orrery.soak.dir", "target/soak/kills")).toAbsolutePath();
    try (KillCampaign campaign = KillCampaign.open(folder, seed)) {
      // When
      while (campaign.done() < kills && campaign.problems().isEmpty()) {
        campaign.kill();
      }
      // Then
      System.out.printf("%d kills; proposals ended %s%n", campaign.done(), campaign.endings());
      assertThat(campaign.problems()).isEmpty();
    }
  }
}
