package org.orrery.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.SignedCommand;
import org.orrery.contract.value.Value;
import org.orrery.gateway.core.FakeControl.Mood;

/** Whatever happens in whatever order, the gate keeps its promises. */
class GateStormTest {
  /** Something that may happen. */
  enum Happening {
    NEW_COMMAND,
    REPEAT_COMMAND,
    ASK_OUTCOME,
    SHORT_WAIT,
    LONG_WAIT,
    DISCONNECT,
    CONNECT,
    CRASH,
    STOP_WRITING,
    RELEASE_WRITING,
    DISK_FAILS,
    DISK_MENDED,
    TICK,
    SILENT_PUT,
    LOST_PUT,
    LYING_PUT,
    REJECTED_PUT,
    UNSENT_PUT
  }

  @Provide
  Arbitrary<List<Happening>> storms() {
    return Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.just(Happening.NEW_COMMAND)),
            Tuple.of(6, Arbitraries.of(Happening.SHORT_WAIT, Happening.LONG_WAIT)),
            Tuple.of(10, Arbitraries.of(Happening.class)))
        .list()
        .ofMinSize(5)
        .ofMaxSize(40);
  }

  @Property(tries = 100)
  void shouldPutEachCommandAtMostOnceAndOnlyWhatItMay(@ForAll("storms") List<Happening> storm) {
    // Given
    GateRig rig = new GateRig();
    List<SignedCommand> commands = new ArrayList<>();
    Map<String, List<CommandOutcome>> answers = new HashMap<>();
    rig.control.beforePut =
        () -> {
          assertThat(rig.writing.stopped()).as("no put while writing is stopped").isFalse();
          assertThat(attempts(rig))
              .as("written down before")
              .isGreaterThan(rig.control.puts.size());
        };

    // When
    for (Happening happening : storm) {
      happen(happening, rig, commands, answers);
    }
    rig.control.connect();
    rig.journalFailure = Optional.empty();
    rig.crashAndRestart();
    for (int i = 0; i < 10; i++) {
      rig.time.advance(10 * TestPlant.SECOND);
      rig.gate.tick();
    }
    rig.time.advance(10 * TestPlant.SECOND);

    // Then
    Map<Value, Integer> puts = new HashMap<>();
    rig.control.puts.forEach(put -> puts.merge(put.value(), 1, Integer::sum));
    assertThat(puts.values()).as("each command has a value of its own").allMatch(n -> n == 1);
    answers.values().forEach(each -> assertThat(each).hasSizeLessThanOrEqualTo(1));
    assertThat(rig.gate.log()).hasSizeLessThanOrEqualTo(500);
    assertThat(AttemptBook.of(rig.journal).open()).as("every unknown is worked off").isEmpty();
  }

  private static long attempts(GateRig rig) {
    return rig.journal.stream().filter(e -> e instanceof JournalEntry.Attempted).count();
  }

  private static void happen(
      Happening happening,
      GateRig rig,
      List<SignedCommand> commands,
      Map<String, List<CommandOutcome>> answers) {
    switch (happening) {
      case NEW_COMMAND -> {
        int number = commands.size() + 1;
        Command command = TestPlant.speed("c-" + number, 40 + number * 0.25, rig.time.nowNs());
        SignedCommand signed = TestPlant.sign(command);
        commands.add(signed);
        answers.put("c-" + number, rig.execute(signed));
      }
      case REPEAT_COMMAND -> {
        if (!commands.isEmpty()) {
          rig.execute(commands.getLast());
        }
      }
      case ASK_OUTCOME -> {
        if (!commands.isEmpty()) {
          rig.gate.outcome(commands.getLast().command().id(), outcome -> {});
        }
      }
      case SHORT_WAIT -> rig.time.advance(100_000_000L);
      case LONG_WAIT -> rig.time.advance(7 * TestPlant.SECOND);
      case DISCONNECT -> rig.control.disconnect();
      case CONNECT -> rig.control.connect();
      case CRASH -> rig.crashAndRestart();
      case STOP_WRITING -> rig.writing = WritingSwitch.stopped("shifter", "storm", 0);
      case RELEASE_WRITING -> rig.writing = WritingSwitch.released(0);
      case DISK_FAILS -> rig.journalFailure = Optional.of("no space left");
      case DISK_MENDED -> {
        rig.journalFailure = Optional.empty();
        rig.crashAndRestart();
      }
      case TICK -> rig.gate.tick();
      case SILENT_PUT -> rig.control.moods.add(Mood.TAKES_SILENTLY);
      case LOST_PUT -> rig.control.moods.add(Mood.LOSES);
      case LYING_PUT -> rig.control.moods.add(Mood.LIES);
      case REJECTED_PUT -> rig.control.moods.add(Mood.REJECTS);
      case UNSENT_PUT -> rig.control.moods.add(Mood.NEVER_SENDS);
    }
  }
}
