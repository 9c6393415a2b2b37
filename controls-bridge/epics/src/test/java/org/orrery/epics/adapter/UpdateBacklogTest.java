package org.orrery.epics.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.epics.server.PvState;

class UpdateBacklogTest {
  private static final int VALUE = 1;
  private static final int TIME = 2;
  private static final int ALARM = 4;

  private static PvState state(int number, Severity severity) {
    return new PvState(Value.of(number), severity, 0, "", number);
  }

  /** Steps: 0 to 5 a value-only update, 6 and 7 an alarm edge, 8 and 9 the client takes one. */
  @Property
  void shouldKeepEveryEdgeTheLastValueAndTheBound(
      @ForAll @IntRange(min = 2, max = 8) int capacity,
      @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 9) Integer> steps) {
    // Given
    UpdateBacklog backlog = new UpdateBacklog(capacity);
    List<PvState> edges = new ArrayList<>();
    List<UpdateBacklog.Entry> taken = new ArrayList<>();
    PvState last = state(0, Severity.NONE);
    backlog.offerSnapshot(last, VALUE | TIME | ALARM);
    int events = 1;
    int posted = 1;
    // When
    for (int step : steps) {
      if (step >= 8) {
        if (events > 0) {
          events--;
          take(backlog, taken);
        }
        continue;
      }
      boolean edge = step >= 6;
      Severity severity =
          edge ? Severity.values()[(last.severity().ordinal() + step - 5) % 4] : last.severity();
      last = state(posted++, severity);
      if (edge) {
        edges.add(last);
      }
      int changed = VALUE | TIME | (edge ? ALARM : 0);
      if (backlog.offer(last, changed, edge)) {
        events++;
      }
      assertThat(backlog.size()).isLessThanOrEqualTo(capacity + UpdateBacklog.MAX_EDGES);
    }
    while (events-- > 0) {
      take(backlog, taken);
    }
    // Then
    assertThat(backlog.size()).isZero();
    assertThat(taken.getLast().state()).isEqualTo(last);
    assertThat(taken.getFirst().snapshot()).isTrue();
    assertThat(edgesOf(taken)).isEqualTo(edges);
    assertThat(taken.size() + backlog.merged()).isEqualTo(posted);
    boolean overrun = taken.stream().anyMatch(entry -> entry.overrun() != 0);
    assertThat(overrun).isEqualTo(backlog.merged() > 0);
  }

  private static void take(UpdateBacklog backlog, List<UpdateBacklog.Entry> taken) {
    UpdateBacklog.Entry entry = backlog.poll();
    if (entry != null) {
      taken.add(entry);
    }
  }

  private static List<PvState> edgesOf(List<UpdateBacklog.Entry> taken) {
    List<PvState> edges = new ArrayList<>();
    Severity before = Severity.NONE;
    for (UpdateBacklog.Entry entry : taken) {
      if (entry.state().severity() != before) {
        edges.add(entry.state());
        before = entry.state().severity();
      }
    }
    return edges;
  }

  @Test
  void shouldCountTheEdgesThatItMergesBeyondItsBound() {
    // Given
    UpdateBacklog backlog = new UpdateBacklog(2);
    // When
    for (int i = 0; i < UpdateBacklog.MAX_EDGES + 12; i++) {
      backlog.offer(state(i, Severity.values()[i % 2]), VALUE | TIME | ALARM, true);
    }
    // Then
    assertThat(backlog.size()).isEqualTo(UpdateBacklog.MAX_EDGES + 2);
    assertThat(backlog.edgesMerged()).isEqualTo(10);
  }
}
