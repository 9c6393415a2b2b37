package org.orrery.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.gateway.core.TestPlant.SECOND;
import static org.orrery.gateway.core.TestPlant.SPEED;
import static org.orrery.gateway.core.TestPlant.command;
import static org.orrery.gateway.core.TestPlant.pv;
import static org.orrery.gateway.core.TestPlant.speed;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.DryRun;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.value.Value;

/** What the gate says beforehand. */
class GateDryRunTest {
  private final GateRig rig = new GateRig();

  @Test
  void shouldSayInADryRunWhatItWouldSayAndWriteNothing() {
    // Given
    int journalled = rig.journal.size();
    Command fine = speed("c-1", 50, rig.time.nowNs());
    Command tooHigh = speed("c-2", 100, rig.time.nowNs());

    // When
    List<DryRun.Step> verdicts = rig.gate.dryRun(List.of(fine, tooHigh));
    rig.time.advance(60 * SECOND);

    // Then
    assertThat(verdicts).extracting(step -> step.reason().isEmpty()).containsExactly(true, false);
    assertThat(verdicts.getLast().reason()).contains(Reason.OUT_OF_RANGE);
    assertThat(rig.control.puts).isEmpty();
    assertThat(rig.journal).hasSize(journalled);
    assertThat(rig.records).isEmpty();
    assertThat(rig.outcome("c-1")).isEmpty();
  }

  @Test
  void shouldJudgeAStepOfADryRunAsIfThoseBeforeItWereWritten() {
    // Given: further from 0 Hz than a step may go, and a precondition that the first step fulfils
    long nowNs = rig.time.nowNs();
    Precondition half =
        new Precondition(SPEED, new Precondition.Condition.Within(29, 31), 60 * SECOND, "half way");
    Command first = speed("c-1", 30, nowNs);
    Command second = command("c-2", SPEED, Value.of(60.0), "Hz", nowNs, List.of(half));
    rig.control.show(pv(SPEED), Value.of(0.0));

    // When
    List<DryRun.Step> inTurn = rig.gate.dryRun(List.of(first, second));
    List<DryRun.Step> alone = rig.gate.dryRun(List.of(second));

    // Then
    assertThat(inTurn).allSatisfy(step -> assertThat(step.reason()).isEmpty());
    assertThat(alone.getFirst().reason()).contains(Reason.OUT_OF_RANGE);
    assertThat(rig.control.puts).isEmpty();
  }
}
