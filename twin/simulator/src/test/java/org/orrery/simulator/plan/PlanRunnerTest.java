package org.orrery.simulator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.orrery.simulator.CommandReply;
import org.orrery.simulator.DetectorSimulator;
import org.orrery.simulator.Reading;
import org.orrery.simulator.SimulatorConfig;
import org.orrery.simulator.plan.PlanRunner.Given;
import org.orrery.simulator.plan.PlanRunner.Outcome;
import org.orrery.simulator.plan.PlannedEvent.PlannedFault;

class PlanRunnerTest {
  private static final long START_NS = 1_700_006_400_000_000_000L;
  private static final long MINUTE_NS = 60_000_000_000L;
  private static final long HOUR_NS = 60 * MINUTE_NS;
  private static final OperationsAssumptions FROZEN = AssumptionsReader.frozen();

  /** What a run leaves behind. */
  private record Left(List<Reading> readings, List<Given> log, String state) {}

  private static Left run(long seed, long hours, long sliceNs) {
    DetectorSimulator simulator = new DetectorSimulator(SimulatorConfig.reference(seed), START_NS);
    OperationsPlan plan = OperationsPlan.draw(PlanConfig.month(FROZEN), seed, START_NS);
    PlanRunner runner = new PlanRunner(simulator, plan, FROZEN, true);
    List<Reading> readings = new ArrayList<>();
    long end = START_NS + hours * HOUR_NS;
    for (long at = START_NS; at < end; ) {
      at = Math.min(end, at + sliceNs);
      List<Reading> slice = runner.advanceTo(at);
      readings.addAll(slice.subList(Math.max(0, slice.size() - 100), slice.size()));
    }
    return new Left(readings, runner.log(), HexFormat.of().formatHex(simulator.save()));
  }

  @Test
  void shouldLeaveTheSameBytesTwiceAndOnTwoThreadsAndOthersForAnotherSeed() throws Exception {
    // Given
    Left left = run(7, 12, HOUR_NS);
    // When
    Future<Left> one;
    Future<Left> two;
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      one = threads.submit(() -> run(7, 12, HOUR_NS));
      two = threads.submit(() -> run(7, 12, HOUR_NS));
    }
    // Then
    for (Left other : List.of(one.get(), two.get())) {
      assertThat(other.readings()).isEqualTo(left.readings());
      assertThat(other.log()).isEqualTo(left.log());
      assertThat(other.state()).isEqualTo(left.state());
    }
    assertThat(run(8, 12, HOUR_NS).log()).isNotEqualTo(left.log());
  }

  @Test
  void shouldNotDependOnHowTheCallerSlicesItsSteps() {
    // Given
    Left left = run(9, 8, HOUR_NS);
    // When
    Left other = run(9, 8, 7 * MINUTE_NS);
    // Then
    assertThat(other.log()).isEqualTo(left.log());
    assertThat(other.state()).isEqualTo(left.state());
  }

  @Test
  void shouldLetFewStreamersComeAboutWhereNobodyQuenches() {
    // Given
    Left left = run(7, 40, HOUR_NS);
    // When
    List<Given> streamers =
        left.log().stream().filter(given -> given.order().startsWith("F1 start")).toList();
    // Then
    assertThat(streamers).hasSizeGreaterThan(3);
    assertThat(streamers).filteredOn(given -> given.outcome() == Outcome.DONE).hasSize(1);
    assertThat(streamers).filteredOn(given -> given.outcome() == Outcome.VOID).isNotEmpty();
  }

  @Test
  void shouldWriteOrdersThatTheSimulatorUnderstands() {
    // Given
    DetectorSimulator simulator = new DetectorSimulator(SimulatorConfig.reference(1), START_NS);
    List<PlannedFault> faults = OperationsPlan.draw(PlanConfig.year(FROZEN), 1, START_NS).faults();
    // When
    List<String> refused = new ArrayList<>();
    for (PlannedFault fault : faults) {
      CommandReply reply = simulator.command(fault.order());
      // A fault board may not know all classes; what it knows, it must take.
      if (!reply.done() && !reply.text().startsWith("no fault ")) {
        refused.add(fault.order() + ": " + reply.text());
      }
    }
    for (String target : PlanConfig.month(FROZEN).order(FaultClass.F21).targets()) {
      CommandReply reply = simulator.command("F21 start " + target);
      if (!reply.done()) {
        refused.add(target + ": " + reply.text());
      }
    }
    // Then
    assertThat(refused).isEmpty();
  }
}
