package org.orrery.alarms.core;

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
import net.jqwik.api.constraints.IntRange;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.sample.Severity;

/** The state machine against a plain model of ISA-18.2, for arbitrary courses of one channel. */
class AlarmModelTest {
  private static final AlarmKey KEY = Fixture.key(Fixture.FLOW, AlarmKey.Kind.LIMIT);

  /** Something happens, one second after what happened before. */
  sealed interface Step {
    record Reading(double value) implements Step {}

    record Acknowledge() implements Step {}

    record Wait(int seconds) implements Step {}
  }

  @Provide
  Arbitrary<List<Step>> courses() {
    Arbitrary<Step> reading =
        Arbitraries.of(0.2, 0.99, 1.02, 1.3, 1.39, 1.42, 1.44, 1.46, 1.67, 2.0, 2.3)
            .map(Step.Reading::new);
    return Arbitraries.frequencyOf(
            Tuple.of(8, reading),
            Tuple.of(2, Arbitraries.just(new Step.Acknowledge())),
            Tuple.of(2, Arbitraries.integers().between(1, 8).map(Step.Wait::new)))
        .list()
        .ofMaxSize(60);
  }

  @Property
  void shouldBehaveLikeThePlainModel(
      @ForAll("courses") List<Step> course,
      @ForAll @IntRange(max = 6) int onDelay,
      @ForAll @IntRange(max = 6) int offDelay) {
    // Given
    Fixture plant =
        new Fixture(
            Fixture.flowSettings(onDelay * Fixture.SECOND_NS, offDelay * Fixture.SECOND_NS));
    Model model = new Model(onDelay, offDelay);
    int seconds = 1;

    for (Step step : course) {
      // When
      int before = plant.told.size();
      switch (step) {
        case Step.Reading(double value) -> {
          plant.value(seconds, value);
          model.reading(seconds, value);
        }
        case Step.Acknowledge a -> {
          plant.acknowledge(seconds, KEY);
          model.acknowledge();
        }
        case Step.Wait(int wait) -> {
          for (int i = 0; i < wait; i++) {
            plant.tick(seconds);
            model.time(seconds);
            seconds++;
          }
        }
      }

      // Then
      assertThat(plant.state(KEY)).as("after %s at %d s", step, seconds).isEqualTo(model.state);
      plant.engine.list().forEach(alarm -> assertThat(alarm.severity()).isEqualTo(model.severity));
      plant.told.subList(before, plant.told.size()).forEach(AlarmModelTest::assertLegal);
      seconds++;
    }
    assertChained(plant.told);
  }

  private static void assertLegal(AlarmTransition transition) {
    boolean byPerson = transition.by().equals("vera");
    boolean legal =
        switch (transition.from()) {
          case NORMAL -> is(transition, AlarmState.UNACKNOWLEDGED) && !byPerson;
          case UNACKNOWLEDGED ->
              (is(transition, AlarmState.ACKNOWLEDGED) && byPerson)
                  || (is(transition, AlarmState.RETURNED_UNACKNOWLEDGED) && !byPerson)
                  || (is(transition, AlarmState.UNACKNOWLEDGED) && !byPerson);
          case ACKNOWLEDGED -> !byPerson && !is(transition, AlarmState.RETURNED_UNACKNOWLEDGED);
          case RETURNED_UNACKNOWLEDGED ->
              (is(transition, AlarmState.NORMAL) && byPerson)
                  || (is(transition, AlarmState.UNACKNOWLEDGED) && !byPerson);
          case SHELVED, SUPPRESSED_BY_DESIGN, OUT_OF_SERVICE -> false;
        };
    assertThat(legal).as("%s", transition).isTrue();
  }

  private static boolean is(AlarmTransition transition, AlarmState state) {
    return transition.alarm().state() == state;
  }

  private static void assertChained(List<AlarmTransition> told) {
    AlarmState last = AlarmState.NORMAL;
    for (AlarmTransition transition : told) {
      assertThat(transition.from()).isEqualTo(last);
      last = transition.alarm().state();
    }
  }

  /** The same rules, written the long way round, second by second. */
  private static final class Model {
    final int onDelay;
    final int offDelay;
    AlarmState state = AlarmState.NORMAL;
    Severity severity = Severity.NONE;
    Severity raw = Severity.NONE;
    boolean low;
    boolean lolo;
    boolean high;
    int since = -1;

    /** The sides that people were told of. */
    final Set<String> known = new HashSet<>();

    Model(int onDelay, int offDelay) {
      this.onDelay = onDelay;
      this.offDelay = offDelay;
    }

    void reading(int seconds, double value) {
      time(seconds);
      lolo = value <= (lolo ? 1.05 : 1.0);
      low = value <= (low ? 1.45 : 1.4);
      high = value >= (high ? 1.95 : 2.0);
      Severity before = raw;
      raw = lolo ? Severity.MAJOR : low || high ? Severity.MINOR : Severity.NONE;
      if ((before == Severity.NONE) != (raw == Severity.NONE)) {
        since = seconds;
      }
      if (active() && raw != Severity.NONE) {
        boolean worse = raw.compareTo(severity) > 0;
        boolean seen = state == AlarmState.ACKNOWLEDGED;
        boolean another = !known.contains(side());
        if (seen) {
          known.clear();
        }
        known.add(side());
        if (seen || worse) {
          severity = raw;
        }
        if (worse || another) {
          state = AlarmState.UNACKNOWLEDGED;
        }
      }
      time(seconds);
    }

    void time(int seconds) {
      if (!active() && raw != Severity.NONE && seconds - since >= onDelay) {
        boolean latched = state == AlarmState.RETURNED_UNACKNOWLEDGED;
        severity = latched && severity.compareTo(raw) > 0 ? severity : raw;
        state = AlarmState.UNACKNOWLEDGED;
        known.clear();
        known.add(side());
      } else if (active() && raw == Severity.NONE && seconds - since >= offDelay) {
        boolean seen = state == AlarmState.ACKNOWLEDGED;
        state = seen ? AlarmState.NORMAL : AlarmState.RETURNED_UNACKNOWLEDGED;
      }
    }

    void acknowledge() {
      if (state == AlarmState.UNACKNOWLEDGED) {
        state = AlarmState.ACKNOWLEDGED;
        if (raw != Severity.NONE) {
          severity = raw;
          known.clear();
          known.add(side());
        }
      } else if (state == AlarmState.RETURNED_UNACKNOWLEDGED) {
        state = AlarmState.NORMAL;
      }
    }

    private String side() {
      return lolo || (low && !high) ? "below" : "above";
    }

    private boolean active() {
      return state == AlarmState.UNACKNOWLEDGED || state == AlarmState.ACKNOWLEDGED;
    }
  }
}
