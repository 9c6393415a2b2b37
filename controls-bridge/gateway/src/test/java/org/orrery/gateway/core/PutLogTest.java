package org.orrery.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.gateway.core.TestPlant.SECOND;
import static org.orrery.gateway.core.TestPlant.sign;
import static org.orrery.gateway.core.TestPlant.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.PutRecord;
import org.orrery.contract.command.PutRecord.Stand;
import org.orrery.contract.value.Value;
import org.orrery.gateway.core.FakeControl.Mood;

class PutLogTest {
  private final GateRig rig = new GateRig();

  @Test
  void shouldTellWhoHadWhatWrittenAndWhatCameOfIt() {
    // Given
    rig.run(sign(speed("c-1", 50, rig.time.nowNs())));

    // When
    List<PutRecord> puts = puts();

    // Then
    assertThat(puts).extracting(PutRecord::stand).containsExactly(Stand.ATTEMPTED, Stand.CONFIRMED);
    assertThat(puts).extracting(PutRecord::sequence).containsExactly(0L, 1L);
    assertThat(puts.getLast())
        .satisfies(
            put -> {
              assertThat(put.before()).contains(Value.of(40.0));
              assertThat(put.value()).isEqualTo(Value.of(50.0));
              assertThat(put.readback()).contains(Value.of(50.0));
              assertThat(put.askedBy()).isEqualTo("orrery");
              assertThat(put.approvedBy()).containsExactly("expert-1");
              assertThat(put.attemptedAtNs()).hasValue(puts.getFirst().atNs());
            });
  }

  @Test
  void shouldTellOfARefusalWhatWasAskedForAndNothingOfAForgery() {
    // Given
    rig.run(sign(speed("c-1", 100, rig.time.nowNs())));
    rig.run(sign(speed("c-2", 50, rig.time.nowNs()), TestPlant.keys()));

    // When
    List<PutRecord> puts = puts();

    // Then
    assertThat(puts)
        .singleElement()
        .satisfies(
            put -> {
              assertThat(put.stand()).isEqualTo(Stand.REFUSED);
              assertThat(put.reason()).contains(Reason.OUT_OF_RANGE);
              assertThat(put.value()).isEqualTo(Value.of(100.0));
              assertThat(put.before()).isEmpty();
              assertThat(put.attemptedAtNs()).isEmpty();
            });
    assertThat(rig.journal)
        .allSatisfy(
            entry -> assertThat(JournalCodec.decode(JournalCodec.encode(entry))).isEqualTo(entry));
  }

  @Test
  void shouldFollowAnUnknownOutcomeOverARestartToItsEnd() {
    // Given
    rig.control.moods.add(Mood.TAKES_SILENTLY);
    rig.run(sign(speed("c-1", 50, rig.time.nowNs())));
    Optional<String> doubt = rig.gate.doubt();

    // When
    rig.crashAndRestart();
    rig.time.advance(3_600 * SECOND);
    Optional<String> anHourLater = rig.gate.doubt();
    rig.gate.tick();
    rig.time.advance(10 * SECOND);

    // Then
    assertThat(doubt).get().asString().contains("a write is not confirmed", "speed-set to 50.0");
    assertThat(anHourLater).get().asString().contains("for 36");
    assertThat(rig.gate.doubt()).isEmpty();
    assertThat(puts())
        .extracting(PutRecord::stand)
        .containsExactly(Stand.ATTEMPTED, Stand.UNKNOWN, Stand.CONFIRMED);
  }

  private List<PutRecord> puts() {
    PutLog log = new PutLog();
    List<PutRecord> puts = new ArrayList<>();
    for (int i = 0; i < rig.journal.size(); i++) {
      log.step(i, rig.journal.get(i)).ifPresent(puts::add);
    }
    return puts;
  }
}
