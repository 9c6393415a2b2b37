package org.orrery.gateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.contract.Person;
import org.orrery.contract.Reply;
import org.orrery.contract.command.WritingRequest;
import org.orrery.contract.command.WritingState;
import org.orrery.gateway.core.JournalEntry;

class WritingControlTest {
  @TempDir Path folder;

  private final List<JournalEntry> journal = new ArrayList<>();
  private final List<WritingState> told = new ArrayList<>();

  /** Happens when a request is being decided, after the file was looked at. */
  private Runnable meanwhile = () -> {};

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

  @Test
  void shouldVoidWhatWasAgreedWhenSomebodyMakesTheFileAnew() throws Exception {
    // Given
    WritingControl control = control(Optional.empty());
    control.request(new WritingRequest.Stop(person("shifter"), "smoke"));
    control.request(new WritingRequest.Release(expert("anna"), "clear"));

    // When
    Files.writeString(file(), "vera: it smokes again");
    control.request(new WritingRequest.Release(expert("boris"), "clear"));

    // Then
    WritingState state = control.current();
    assertThat(state.stopped()).isTrue();
    assertThat(state.reason()).contains("vera: it smokes again");
    assertThat(state.releasedBy()).containsExactly("boris");
    assertThat(told).last().isEqualTo(state);
    assertThat(file()).exists();
  }

  @Test
  void shouldVoidWhatWasAgreedWhenSomebodyTouchesTheFile() throws Exception {
    // Given
    WritingControl control = control(Optional.empty());
    control.request(new WritingRequest.Stop(person("shifter"), "smoke"));
    control.request(new WritingRequest.Release(expert("anna"), "clear"));

    // When
    Files.setLastModifiedTime(file(), FileTime.fromMillis(1));
    WritingState state = control.current();
    int toldOnce = told.size();
    control.current();

    // Then
    assertThat(state.stopped()).isTrue();
    assertThat(state.releasedBy()).isEmpty();
    assertThat(told).hasSize(toldOnce);
  }

  @Test
  void shouldVoidWhatWasAgreedWhenTheFileIsMadeAnewWhileNoGatewayRuns() throws Exception {
    // Given
    WritingControl before = control(Optional.empty());
    before.request(new WritingRequest.Stop(person("shifter"), "smoke"));
    before.request(new WritingRequest.Release(expert("anna"), "clear"));
    WritingState undisturbed = control(rememberedState()).current();

    // When
    Files.writeString(file(), "vera: it smokes again");
    WritingState disturbed = control(rememberedState()).current();

    // Then
    assertThat(undisturbed.releasedBy()).containsExactly("anna");
    assertThat(disturbed.stopped()).isTrue();
    assertThat(disturbed.releasedBy()).isEmpty();
  }

  @Test
  void shouldNotRemoveAFileThatIsMadeAnewInTheMomentOfTheRelease() {
    // Given
    WritingControl control = control(Optional.empty());
    control.request(new WritingRequest.Stop(person("shifter"), "smoke"));
    control.request(new WritingRequest.Release(expert("anna"), "clear"));

    // When
    meanwhile = () -> write("vera: it smokes again");
    Reply<WritingState> reply =
        control.request(new WritingRequest.Release(expert("boris"), "clear"));

    // Then
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Declined.class, no -> assertThat(no.reason()).contains("stopped it again"));
    assertThat(file()).exists();
    assertThat(control.current().stopped()).isTrue();
    assertThat(control.current().releasedBy()).isEmpty();
  }

  @Test
  void shouldNotOverwriteAFileThatIsMadeAnewWhileSomebodyAgrees() {
    // Given
    WritingControl control = control(Optional.empty());
    control.request(new WritingRequest.Stop(person("shifter"), "smoke"));

    // When
    meanwhile = () -> write("vera: it smokes again");
    control.request(new WritingRequest.Release(expert("anna"), "clear"));

    // Then
    assertThat(control.current().releasedBy()).isEmpty();
    assertThat(control.current().reason()).contains("vera: it smokes again");
  }

  private long nowNs() {
    Runnable once = meanwhile;
    meanwhile = () -> {};
    once.run();
    return 7;
  }

  private void write(String text) {
    try {
      Files.writeString(file(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
        this::nowNs,
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
