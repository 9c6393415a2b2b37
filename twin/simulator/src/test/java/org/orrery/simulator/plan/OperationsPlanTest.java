package org.orrery.simulator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.orrery.simulator.plan.PlannedEvent.BeamPeriod;
import org.orrery.simulator.plan.PlannedEvent.BeamState;
import org.orrery.simulator.plan.PlannedEvent.PlannedFault;
import org.orrery.simulator.plan.PlannedEvent.WorkKind;

class OperationsPlanTest {
  private static final long START_NS = 1_700_006_400_000_000_000L;
  private static final long DAY_NS = 86_400_000_000_000L;
  private static final OperationsAssumptions FROZEN = AssumptionsReader.frozen();
  private static final PlanConfig MONTH = PlanConfig.month(FROZEN);

  private static OperationsPlan month(long seed) {
    return OperationsPlan.draw(MONTH, seed, START_NS);
  }

  private static List<String> lines(List<? extends PlannedEvent> events) {
    return events.stream().map(PlannedEvent::line).toList();
  }

  private static List<String> faults(OperationsPlan plan, String root) {
    return lines(
        plan.faults().stream()
            .filter(f -> f.id().equals(root) || f.id().startsWith(root + "-"))
            .toList());
  }

  @Test
  void shouldGiveTheSameBytesForTheSameSeedAndOthersForAnother() {
    // Given
    String text = month(7).text();
    // When
    String again = month(7).text();
    // Then
    assertThat(again).isEqualTo(text).hasLineCount(again.split("\n", -1).length - 1);
    assertThat(month(7)).isEqualTo(month(7));
    assertThat(month(8).text()).isNotEqualTo(text);
    assertThat(OperationsPlan.draw(MONTH, 7, START_NS + DAY_NS).text()).isNotEqualTo(text);
  }

  @Test
  void shouldGiveTheSameBytesOnTwoThreadsAtOnce() throws Exception {
    // Given
    String text = OperationsPlan.draw(PlanConfig.year(FROZEN), 7, START_NS).text();
    CountDownLatch both = new CountDownLatch(2);
    // When
    List<Future<String>> results;
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      results =
          List.of(7L, 7L).stream()
              .map(
                  seed ->
                      threads.submit(
                          () -> {
                            both.countDown();
                            both.await();
                            return OperationsPlan.draw(PlanConfig.year(FROZEN), seed, START_NS)
                                .text();
                          }))
              .toList();
    }
    // Then
    for (Future<String> result : results) {
      assertThat(result.get()).isEqualTo(text);
    }
  }

  @Test
  void shouldLeaveOtherKindsAloneWhenOneChanges() {
    // Given
    OperationsPlan plan = month(3);
    // When
    OperationsPlan changed =
        OperationsPlan.draw(
            PlanConfig.month(FROZEN.with("faults.F5.rate", Level.HIGH)), 3, START_NS);
    OperationsPlan otherBeam =
        OperationsPlan.draw(
            PlanConfig.month(FROZEN.with("schedule.beam-stop-length", Level.HIGH)), 3, START_NS);
    // Then
    for (FaultClass fault : FaultClass.values()) {
      if (fault != FaultClass.F5) {
        assertThat(faults(changed, fault.name())).isEqualTo(faults(plan, fault.name()));
      }
    }
    assertThat(changed.beam()).isEqualTo(plan.beam());
    assertThat(changed.shifts()).isEqualTo(plan.shifts());
    assertThat(changed.work()).isEqualTo(plan.work());
    assertThat(changed.weather()).isEqualTo(plan.weather());
    assertThat(otherBeam.beam()).isNotEqualTo(plan.beam());
    assertThat(otherBeam.faults()).isEqualTo(plan.faults());
    assertThat(otherBeam.work()).isEqualTo(plan.work());
    PlanConfig aimed =
        new PlanConfig(
            FROZEN,
            30,
            Map.of(FaultClass.F13, new OrderForm(List.of("board=1", "board=2"), true, true)));
    assertThat(OperationsPlan.draw(aimed, 3, START_NS).faults())
        .map(PlannedEvent::startNs)
        .isEqualTo(plan.faults().stream().map(PlannedEvent::startNs).toList());
  }

  @Test
  void shouldMeetTheRatesAndTheAvailabilityOverManyMonths() {
    // Given
    List<OperationsPlan> years =
        LongStream.range(0, 20)
            .mapToObj(seed -> OperationsPlan.draw(PlanConfig.year(FROZEN), seed, START_NS))
            .toList();
    double months = 20 * 365 / 30.4375;
    // When
    List<PlannedFault> faults = years.stream().flatMap(plan -> plan.faults().stream()).toList();
    // Then
    for (FaultClass fault : List.of(FaultClass.F1, FaultClass.F2, FaultClass.F13, FaultClass.F21)) {
      double rate = FROZEN.fault(fault).rate().nominal();
      double expected = rate * months;
      long count = faults.stream().filter(f -> f.fault() == fault && f.cause().isEmpty()).count();
      assertThat((double) count)
          .as("%s", fault)
          .isCloseTo(expected, within(4 * Math.sqrt(expected)));
    }
    double off = time(years, BeamState.STOPPED);
    double on = time(years, BeamState.PHYSICS) + time(years, BeamState.SETTING_UP);
    assertThat(on / (on + off)).isCloseTo(0.85, within(0.02));
  }

  private static double time(List<OperationsPlan> plans, BeamState state) {
    return plans.stream()
        .flatMap(plan -> plan.beam().stream())
        .filter(period -> period.state() == state)
        .mapToDouble(period -> period.endNs() - period.startNs())
        .sum();
  }

  @Test
  void shouldBringFollowersAfterTheirCauses() {
    // Given
    List<OperationsPlan> years =
        LongStream.range(0, 20)
            .mapToObj(seed -> OperationsPlan.draw(PlanConfig.year(FROZEN), seed, START_NS))
            .toList();
    // When
    List<PlannedFault> outages =
        years.stream()
            .flatMap(plan -> plan.faults().stream())
            .filter(f -> f.id().matches("F22-\\d+"))
            .filter(f -> f.startNs() < START_NS + 300 * DAY_NS)
            .toList();
    // Then
    assertThat(outages).hasSizeGreaterThan(5);
    for (OperationsPlan plan : years) {
      for (PlannedFault fault : plan.faults()) {
        fault
            .cause()
            .ifPresent(
                cause ->
                    assertThat(plan.faults())
                        .anyMatch(c -> c.id().equals(cause) && c.startNs() <= fault.startNs()));
      }
      assertThat(plan.faults()).extracting(PlannedFault::id).doesNotHaveDuplicates();
      for (PlannedFault outage : plan.faults()) {
        if (outages.contains(outage)) {
          assertThat(faults(plan, outage.id() + "/F5"))
              .anyMatch(line -> line.contains("pump=a"))
              .anyMatch(line -> line.contains("pump=b"));
        }
      }
    }
  }

  @Test
  void shouldWriteOrdersInTheFormThatTheSimulatorWants() {
    // Given
    OrderForm aimed = new OrderForm(List.of("pump=a"), true, true);
    OrderForm lying = new OrderForm(List.of("channel=x bias=1"), false, false);
    // When
    String pump = Orders.start(FaultClass.F5, aimed, "pump=a", 1, 600, Double.POSITIVE_INFINITY);
    String sensor = Orders.start(FaultClass.F21, lying, "channel=x bias=1", 1, 0, 1e9);
    String noise = Orders.start(FaultClass.F14, OrderForm.PLAIN, "", 0.25, 1, 3600);
    String streamer = Orders.start(FaultClass.F1, OrderForm.PLAIN, "", 0.3, 60, 3600);
    String trip = Orders.start(FaultClass.F4, OrderForm.BARE, "", 1, 0, 0.01);
    // Then
    assertThat(pump).isEqualTo("F5 start pump=a severity=1.000 ramp=600");
    assertThat(sensor).isEqualTo("F21 start channel=x bias=1 for=1000000000");
    assertThat(noise).isEqualTo("F14 start severity=0.250 ramp=1 for=3600");
    assertThat(streamer).isEqualTo("F1 start severity=0.300 ramp=60");
    assertThat(trip).isEqualTo("F4 start");
    assertThat(List.of(pump, sensor, noise, trip))
        .map(Orders::clear)
        .containsExactly("F5 clear pump=a", "F21 clear channel=x", "F14 clear", "F4 clear");
  }

  @Property(tries = 60)
  void shouldCoverThePlanAndStayWithinIt(@ForAll long seed) {
    // Given
    long end = START_NS + 30 * DAY_NS;
    // When
    OperationsPlan plan = month(seed);
    // Then
    long at = START_NS;
    for (BeamPeriod period : plan.beam()) {
      assertThat(period.startNs()).isEqualTo(at);
      assertThat(period.endNs()).isGreaterThan(at);
      at = period.endNs();
    }
    assertThat(at).isEqualTo(end);
    assertThat(plan.shifts()).hasSize(90);
    assertThat(plan.events())
        .allSatisfy(
            event -> {
              assertThat(event.startNs()).isBetween(START_NS, end - 1);
              assertThat(event.endNs()).isGreaterThanOrEqualTo(event.startNs());
            });
    for (WorkKind kind : WorkKind.values()) {
      long free = START_NS;
      for (PlannedEvent.Work work : plan.work()) {
        if (work.kind() == kind) {
          assertThat(work.startNs()).isGreaterThanOrEqualTo(free);
          free = work.endNs();
        }
      }
    }
    assertThat(plan.exposureSeconds()).isBetween(0.0, 30 * 86_400.0);
  }

  @Property(tries = 200)
  void shouldDrawWithinItsRange(@ForAll long seed) {
    // Given
    Draws draws = new Draws(seed, 1);
    Range range = FROZEN.fault(FaultClass.F8).ramp().range();
    // When
    double linear = draws.triangular(range);
    double logarithmic = draws.logTriangular(range);
    // Then
    assertThat(linear).isBetween(range.low(), range.high());
    assertThat(logarithmic).isBetween(range.low() - 1e-6, range.high() + 1e-6);
    assertThat(draws.triangular(new Range(2, 2, 2))).isEqualTo(2);
  }
}
