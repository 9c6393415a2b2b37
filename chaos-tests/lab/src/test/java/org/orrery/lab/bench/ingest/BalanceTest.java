package org.orrery.lab.bench.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.orrery.contract.sample.LossCount;

class BalanceTest {
  private static final Counts BEFORE = counts(5, 0, 100, 100, 10, 90, 90);

  private static Counts counts(
      long merged, long cuts, long received, long handedOn, long squashed, long sent, long stored) {
    return new Counts(
        merged,
        cuts,
        new LossCount("transport", received, received, 0, 0, 0, 0),
        new LossCount("gateway", handedOn, handedOn, 0, 0, 0, 0),
        new LossCount("feed.kafka", handedOn, sent, squashed, 0, 0, 0),
        new LossCount("relay.kafka", sent, sent, 0, 0, 0, 0),
        new LossCount("archive", sent, stored, 0, 0, 0, 0));
  }

  @Test
  void shouldAccountForWhatWasMergedAndSquashed() {
    // When 100 were posted, 20 merged in the server and 30 squashed
    Balance balance = Balance.between(BEFORE, counts(25, 0, 180, 180, 40, 140, 140), 100);
    // Then
    assertThat(balance.stored()).isEqualTo(50);
    assertThat(balance.mergedByServer()).isEqualTo(20);
    assertThat(balance.squashed()).isEqualTo(30);
    assertThat(balance.unaccounted()).isZero();
    assertThat(balance.lossless()).isFalse();
  }

  @Test
  void shouldTellWhatVanishedBetweenTwoStages() {
    // When one vanishes before the gateway, and two behind it
    Balance balance = Balance.between(BEFORE, counts(5, 0, 199, 199, 10, 187, 187), 100);
    // Then
    assertThat(balance.unaccounted()).isEqualTo(3);
  }

  @Test
  void shouldNotBlameTheGatewayForWhatWasPostedWhileCutOff() {
    // When ten were posted while a channel had no connection
    Balance balance = Balance.between(BEFORE, counts(5, 1, 190, 190, 10, 180, 180), 100);
    // Then
    assertThat(balance.unaccounted()).isZero();
    assertThat(balance.lostDisconnected()).isEqualTo(10);
    assertThat(balance.lossless()).isFalse();
  }
}
