package org.orrery.gateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.contract.Person;
import org.orrery.contract.command.WritingRequest;
import org.orrery.contract.command.WritingState;
import org.orrery.gateway.core.JournalEntry;

class WritingControlTest {
  @TempDir Path folder;

  private final List<JournalEntry> journal = new ArrayList<>();
  private final List<WritingState> told = new ArrayList<>();

  @Test
  void shouldStopWhenSomebodyMakesTheFileAndQuoteIt() throws Exception {
    // Given
    WritingControl control = control(Optional.empty());

    boolean stoppedBefore = control.stopped();

    // When
    Files.writeString(file(), "leak in hall\u0007\nsecond line");
    boolean stoppedAtOnce = control.stopped();

    // Then
    assertThat(stoppedBefore).isFalse();
    assertThat(stoppedAtOnce).isTrue();
    WritingState state = control.current();
    assertThat(state.stopped()).isTrue();
    assertThat(state.by()).isEqualTo("file");
    assertThat(state.reason()).contains("leak in hall").doesNotContain("second", "\u0007");
    assertThat(told).containsExactly(state);
    assertThat(journal).containsExactly(new JournalEntry.Switched(state));
  }

  @Test
  void shouldStayStoppedWhenTheFileIsRemovedByHand() throws Exception {
    // Given
    WritingControl control = control(Optional.empty());
    control.request(new WritingRequest.Stop(person("shifter"), "smoke"));

    // When
    Files.delete(file());

    // Then
    assertThat(control.current().stopped()).isTrue();
    assertThat(control(rememberedState()).current().stopped()).isTrue();
    assertThat(file()).exists();
  }

  @Test
  void shouldRemoveTheFileWhenTwoExpertsHaveAgreed() {
    // Given
    WritingControl control = control(Optional.empty());
    control.request(new WritingRequest.Stop(person("shifter"), "smoke"));

    // When
    control.request(new WritingRequest.Release(expert("anna"), "clear"));
    boolean afterOne = Files.exists(file());
    control.request(new WritingRequest.Release(expert("boris"), "clear"));

    // Then
    assertThat(afterOne).isTrue();
    assertThat(file()).doesNotExist();
    assertThat(control.current().stopped()).isFalse();
    assertThat(control(rememberedState()).current().stopped()).isFalse();
  }

  private Optional<WritingState> rememberedState() {
    return Optional.of(((JournalEntry.Switched) journal.getLast()).state());
  }

  private WritingControl control(Optional<WritingState> remembered) {
    return new WritingControl(
        file(),
        (entry, done) -> {
          journal.add(entry);
          done.accept(Optional.empty());
        },
        () -> 7,
        remembered,
        told::add);
  }

  private Path file() {
    return folder.resolve("writing-stopped");
  }

  private static Person person(String name) {
    return new Person(name, Set.of());
  }

  private static Person expert(String name) {
    return new Person(name, Set.of(Person.Role.EXPERT));
  }
}
