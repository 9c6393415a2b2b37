package org.orrery.bus.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.LossCount;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;

class CreditQueueTest {
  private static final double DEAD_BAND = 1.0;

  /** A sample comes in, or the subscriber takes some. */
  sealed interface Step {
    record Offer(int channel, Severity severity, double value, int lostBefore) implements Step {}

    record Take(int max) implements Step {}
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Step> offer =
        Combinators.combine(
                Arbitraries.integers().between(0, 3),
                Arbitraries.frequencyOf(
                    Tuple.of(6, Arbitraries.just(Severity.NONE)),
                    Tuple.of(2, Arbitraries.just(Severity.MINOR)),
                    Tuple.of(1, Arbitraries.just(Severity.MAJOR))),
                Arbitraries.doubles().between(0, 4),
                Arbitraries.frequencyOf(
                    Tuple.of(9, Arbitraries.just(0)),
                    Tuple.of(1, Arbitraries.integers().between(1, 3))))
            .as(Step.Offer::new);
    Arbitrary<Step> take = Arbitraries.integers().between(1, 5).map(Step.Take::new);
    return Arbitraries.frequencyOf(Tuple.of(8, offer), Tuple.of(1, take)).list().ofMaxSize(120);
  }

  @Property
  void shouldAccountForEverySampleAndKeepEveryEdge(
      @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1, max = 40) int bound) {
    // Given
    CreditQueue queue = new CreditQueue("feed.test", bound, id -> DEAD_BAND);
    Map<ChannelId, List<Sample>> offered = new HashMap<>();
    Map<ChannelId, List<Sample>> delivered = new HashMap<>();
    List<String> order = new ArrayList<>();

    // When
    long upstreamLost = 0;
    for (Step step : steps) {
      switch (step) {
        case Step.Offer offer -> {
          List<Sample> before =
              offered.computeIfAbsent(
                  new ChannelId("c" + offer.channel()), id -> new ArrayList<>());
          Sample sample = sample(offer, before.size());
          before.add(sample);
          upstreamLost += offer.lostBefore();
          queue.offer(sample);
          order.add(name(sample));
        }
        case Step.Take(int max) -> takeNoneThatIsGone(queue, max, order, delivered);
      }
      assertBalance(queue.count());
    }
    takeNoneThatIsGone(queue, Integer.MAX_VALUE, order, delivered);
    assertThat(queue.gone()).isEqualTo(order.size());

    // Then
    LossCount count = queue.count();
    assertBalance(count);
    assertThat(count.pending()).isZero();
    long toldLost = 0;
    for (Map.Entry<ChannelId, List<Sample>> entry : offered.entrySet()) {
      List<Sample> out = delivered.getOrDefault(entry.getKey(), List.of());
      toldLost += assertChannel(entry.getValue(), out, count.dropped() == 0);
    }
    assertThat(toldLost).isEqualTo(count.squashed() + count.dropped() + upstreamLost);
  }

  private static void takeNoneThatIsGone(
      CreditQueue queue, int max, List<String> order, Map<ChannelId, List<Sample>> into) {
    long gone = queue.gone();
    List<Sample> batch = queue.take(max);
    assertThat(batch)
        .as("what comes after %d were said to be gone", gone)
        .allSatisfy(s -> assertThat((long) order.indexOf(name(s))).isGreaterThanOrEqualTo(gone));
    collect(batch, into);
  }

  private static String name(Sample sample) {
    return sample.channel() + "#" + sample.sequence();
  }

  private static void assertBalance(LossCount count) {
    assertThat(count.in())
        .isEqualTo(count.out() + count.squashed() + count.dropped() + count.pending());
  }

  /** Returns the losses told, those after the last delivered sample included. */
  private static long assertChannel(List<Sample> in, List<Sample> out, boolean edgesKept) {
    long told = 0;
    int next = 0;
    Severity severity = in.getFirst().severity();
    for (Sample sample : out) {
      int at = (int) sample.sequence();
      assertThat(at).as("order within a channel").isGreaterThanOrEqualTo(next);
      long lost = sample.lostBefore();
      long expected = in.get(at).lostBefore();
      for (int i = next; i < at; i++) {
        expected += 1 + in.get(i).lostBefore();
        if (edgesKept) {
          assertThat(in.get(i).severity()).as("an edge was left out").isEqualTo(severity);
        }
      }
      assertThat(lost).as("losses before sample %d", at).isEqualTo(expected);
      severity = sample.severity();
      told += lost;
      next = at + 1;
    }
    for (int i = next; i < in.size(); i++) {
      told += 1 + in.get(i).lostBefore();
      assertThat(in.get(i).severity()).as("the last state is known").isEqualTo(severity);
    }
    return told;
  }

  @Test
  void shouldTellLossesWithinTheDeadBandByTheNextSample() {
    // Given
    CreditQueue queue = new CreditQueue("feed.test", 1, id -> DEAD_BAND);
    queue.offer(sample(new Step.Offer(0, Severity.NONE, 0.0, 0), 0));
    queue.offer(sample(new Step.Offer(0, Severity.NONE, 0.5, 0), 1));

    // When
    List<Sample> first = queue.take(10);
    queue.offer(sample(new Step.Offer(0, Severity.NONE, 3.0, 0), 2));
    List<Sample> second = queue.take(10);

    // Then
    assertThat(first).singleElement().extracting(Sample::lostBefore).isEqualTo(0L);
    assertThat(second).singleElement().extracting(Sample::lostBefore).isEqualTo(1L);
  }

  @Test
  void shouldNotGrowWithoutEndWhenEdgesRaceAndNobodyTakes() {
    // Given
    int bound = 10;
    CreditQueue queue = new CreditQueue("feed.test", bound, id -> 0);

    // When
    for (int i = 0; i < 10_000; i++) {
      Severity severity = i % 2 == 0 ? Severity.NONE : Severity.MAJOR;
      queue.offer(sample(new Step.Offer(0, severity, i, 0), i));
    }

    // Then
    LossCount count = queue.count();
    assertBalance(count);
    assertThat(count.pending()).isLessThanOrEqualTo((long) bound * CreditQueue.ULTIMATE_FACTOR);
    assertThat(queue.take(Integer.MAX_VALUE).getLast().sequence()).isEqualTo(9_999);
  }

  @Test
  void shouldKeepChangesOfAChoiceAndOfQuality() {
    // Given
    CreditQueue queue = new CreditQueue("feed.test", 1, id -> 100);
    Value on = new Value.ChoiceValue(1, "ON");
    Value off = new Value.ChoiceValue(0, "OFF");

    // When
    queue.offer(with(on, Quality.GOOD, 0));
    queue.offer(with(off, Quality.GOOD, 1));
    queue.offer(with(on, Quality.GOOD, 2));
    queue.offer(with(on, Quality.DISCONNECTED, 3));
    queue.offer(with(on, Quality.GOOD, 4));

    // Then
    assertThat(queue.take(10)).extracting(Sample::sequence).containsExactly(0L, 1L, 2L, 3L, 4L);
  }

  private static void collect(List<Sample> batch, Map<ChannelId, List<Sample>> into) {
    for (Sample sample : batch) {
      into.computeIfAbsent(sample.channel(), id -> new ArrayList<>()).add(sample);
    }
  }

  private static Sample sample(Step.Offer offer, long sequence) {
    return new Sample(
        new ChannelId("c" + offer.channel()),
        Value.of(offer.value()),
        offer.severity(),
        "",
        sequence,
        sequence,
        Quality.GOOD,
        offer.lostBefore(),
        sequence);
  }

  private static Sample with(Value value, Quality quality, long sequence) {
    return new Sample(
        new ChannelId("c"), value, Severity.NONE, "", sequence, sequence, quality, 0, sequence);
  }
}
