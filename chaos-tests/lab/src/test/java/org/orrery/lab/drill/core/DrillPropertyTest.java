package org.orrery.lab.drill.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.orrery.contract.drill.DrillDebrief;
import org.orrery.contract.drill.DrillRequest;
import org.orrery.contract.drill.DrillState.Phase;
import org.orrery.contract.value.Value;

/** Whatever comes in whatever order, a drill keeps its promises. */
class DrillPropertyTest {
  private static final long SECOND_NS = 1_000_000_000L;

  @Property(tries = 300)
  void shouldKeepItsPromises(@ForAll("courses") List<Tuple2<Long, DrillEvent>> course) {
    // Given
    Drill drill = new Drill(Scenarios.pump(), 3);
    long nowNs = 0;
    Progress progress = drill.begin(nowNs);
    Set<String> keys = new HashSet<>();
    int endings = 0;

    for (Tuple2<Long, DrillEvent> next : course) {
      // When
      nowNs += next.get1();
      Progress before = progress;
      Drill.Step step = drill.step(before, next.get2(), nowNs);
      progress = step.progress();

      // Then
      assertThat(progress.phase()).isGreaterThanOrEqualTo(before.phase());
      assertThat(progress.record().size()).isGreaterThanOrEqualTo(before.record().size());
      if (before.phase() == Phase.ENDED) {
        assertThat(progress.record()).isEqualTo(before.record());
      }
      for (DrillOutput output : step.outputs()) {
        if (output instanceof DrillOutput.GiveOrders orders) {
          assertThat(keys.add(orders.key())).as("given twice: %s", orders.key()).isTrue();
        }
        endings += output instanceof DrillOutput.Ended ? 1 : 0;
      }
    }
    assertThat(endings).isEqualTo(progress.phase() == Phase.ENDED ? 1 : 0);
    if (progress.phase() == Phase.ENDED) {
      assertSound(drill.seen(progress).debrief().orElseThrow());
    } else {
      assertThat(drill.seen(progress).debrief()).isEmpty();
      assertThat(drill.seen(progress).record()).allMatch(entry -> entry.kind().open());
    }
  }

  private static void assertSound(DrillDebrief debrief) {
    assertThat(debrief.loss().lostNs()).isBetween(0L, debrief.loss().elapsedNs());
    assertThat(debrief.timeline()).isSortedAccordingTo((a, b) -> Long.compare(a.atNs(), b.atNs()));
    assertThat(debrief.summary()).isNotEmpty().allMatch(sentence -> sentence.endsWith("."));
    assertThat(debrief.measures())
        .allMatch(m -> m.tookNs().isEmpty() || m.tookNs().getAsLong() >= 0);
    assertThat(debrief.traces()).allMatch(trace -> trace.points().size() <= 601);
  }

  @Provide
  Arbitrary<List<Tuple2<Long, DrillEvent>>> courses() {
    Arbitrary<Long> pause = Arbitraries.longs().between(0, 120 * SECOND_NS);
    Arbitrary<DrillEvent> event =
        Arbitraries.oneOf(
            Arbitraries.just(new DrillEvent.Tick()),
            Arbitraries.just(new DrillEvent.TwinHeard(true)),
            Arbitraries.doubles()
                .between(0, 2)
                .map(v -> new DrillEvent.Measured(Scenarios.FLOW, Value.of(v))),
            Arbitraries.of("t0", "w0", "w1", "w2")
                .map(key -> new DrillEvent.OrdersAnswered(key, !key.equals("w1"), "said")),
            Arbitraries.of(
                    new DrillRequest.Start(Play.ANNA),
                    new DrillRequest.Start(Play.ANNA),
                    new DrillRequest.Notice(Play.ANNA, "odd"),
                    new DrillRequest.Diagnose(Play.ANNA, "pump", ""),
                    new DrillRequest.Diagnose(Play.ANNA, "meter", "because"),
                    new DrillRequest.Act(Play.ANNA, "call"),
                    new DrillRequest.Act(Play.ANNA, "stop"))
                .map(DrillEvent.Asked::new),
            Arbitraries.just(new DrillEvent.Approved("start-standby-pump/1", "Start B", "anna")));
    return Arbitraries.frequencyOf(
            Tuple.of(60, event),
            Tuple.of(1, Arbitraries.just(new DrillEvent.Asked(new DrillRequest.End(Play.ANNA)))))
        .flatMap(e -> pause.map(p -> Tuple.of(p, e)))
        .list()
        .ofMinSize(20)
        .ofMaxSize(120);
  }
}
