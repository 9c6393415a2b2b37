package org.orrery.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.gateway.core.TestPlant.SECOND;
import static org.orrery.gateway.core.TestPlant.SPEED;
import static org.orrery.gateway.core.TestPlant.command;
import static org.orrery.gateway.core.TestPlant.pv;
import static org.orrery.gateway.core.TestPlant.sign;
import static org.orrery.gateway.core.TestPlant.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.CommandOutcome.Reason;
import org.orrery.contract.command.CommandOutcome.Refused;
import org.orrery.contract.command.DryRun;
import org.orrery.contract.command.Precondition;
import org.orrery.contract.value.Value;

/** What the gate says beforehand. */
class GateDryRunTest {
  private final GateRig rig = new GateRig();

  private List<DryRun.Step> dryRun(List<Command> commands) {
    List<List<DryRun.Step>> answers = new ArrayList<>();
    rig.gate.dryRun(commands, answers::add);
    rig.time.settle();
    return answers.getFirst();
  }

  @Test
  void shouldDoWhateverElseComesInTheMiddleOfALongDryRun() {
    // Given
    List<Command> many =
        IntStream.range(0, 1_000).mapToObj(i -> speed("c-" + i, 50, rig.time.nowNs())).toList();
    List<List<DryRun.Step>> answers = new ArrayList<>();

    // When writing is stopped after the first of it was judged
    rig.gate.dryRun(many, answers::add);
    assertThat(answers).as("a thousand steps at once").isEmpty();
    rig.writing = WritingSwitch.stopped("shifter", "smoke", 0);
    List<CommandOutcome> meanwhile = rig.execute(sign(speed("w-1", 50, rig.time.nowNs())));
    rig.time.advance(SECOND);

    // Then
    assertThat(meanwhile).singleElement().isInstanceOf(Refused.class);
    List<DryRun.Step> verdicts = answers.getFirst();
    assertThat(verdicts).hasSize(1_000);
    assertThat(verdicts.subList(0, GateDryRun.SLICE))
        .allSatisfy(step -> assertThat(step.reason()).isEmpty());
    assertThat(verdicts.subList(GateDryRun.SLICE, 1_000))
        .allSatisfy(step -> assertThat(step.reason()).contains(Reason.WRITING_STOPPED));
    assertThat(rig.control.puts).isEmpty();
  }

  @Test
  void shouldAnswerAnEmptyPlan() {
    assertThat(dryRun(List.of())).isEmpty();
  }

  @Test
  void shouldSayInADryRunWhatItWouldSayAndWriteNothing() {
    // Given
    int journalled = rig.journal.size();
    Command fine = speed("c-1", 50, rig.time.nowNs());
    Command tooHigh = speed("c-2", 100, rig.time.nowNs());

    // When
    List<DryRun.Step> verdicts = dryRun(List.of(fine, tooHigh));
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
    List<DryRun.Step> inTurn = dryRun(List.of(first, second));
    List<DryRun.Step> alone = dryRun(List.of(second));

    // Then
    assertThat(inTurn).allSatisfy(step -> assertThat(step.reason()).isEmpty());
    assertThat(alone.getFirst().reason()).contains(Reason.OUT_OF_RANGE);
    assertThat(rig.control.puts).isEmpty();
  }
}
