package org.orrery.gateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.value.Value;
import org.orrery.gateway.core.JournalEntry;
import org.orrery.gateway.core.TestPlant;

class FileJournalTest {
  @TempDir Path folder;

  @Test
  void shouldGiveBackWhatWasWrittenAfterARestart() throws Exception {
    // Given
    List<JournalEntry> entries = List.of(attempt("c-1"), ended("c-1"), attempt("c-2"));
    write(entries);

    // When
    List<JournalEntry> recovered = reopen();

    // Then
    assertThat(recovered).isEqualTo(entries);
  }

  @Test
  void shouldCutATornTailAndGoOnFromThere() throws Exception {
    // Given
    write(List.of(attempt("c-1"), ended("c-1"), attempt("c-2")));
    byte[] whole = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(whole, whole.length - 5));

    // When
    List<JournalEntry> torn = reopen();
    write(List.of(attempt("c-3")));

    // Then
    assertThat(torn).containsExactly(attempt("c-1"), ended("c-1"));
    assertThat(reopen()).containsExactly(attempt("c-1"), ended("c-1"), attempt("c-3"));
    assertThat(folder.resolve("journal.torn")).exists();
  }

  @Test
  void shouldRefuseToStartOnDamageInTheMiddleAndSayWhatToDo() throws Exception {
    // Given
    write(List.of(attempt("c-1"), ended("c-1")));
    byte[] whole = Files.readAllBytes(file());
    whole[60] ^= 1;
    Files.write(file(), whole);

    // When / Then
    assertThatThrownBy(this::reopen)
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("damaged")
        .hasMessageContaining("backup");
    assertThat(Files.readAllBytes(file())).isEqualTo(whole);
  }

  @Test
  void shouldRefuseASecondOrreryOnTheSameData() {
    // Given
    try (FileJournal first = FileJournal.open(file())) {

      // When / Then
      assertThat(first.broken()).isEmpty();
      assertThatThrownBy(() -> FileJournal.open(file()))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("another Orrery");
    }
  }

  private void write(List<JournalEntry> entries) throws Exception {
    try (FileJournal journal = FileJournal.open(file())) {
      for (JournalEntry entry : entries) {
        CompletableFuture<Optional<String>> done = new CompletableFuture<>();
        journal.append(entry, done::complete);
        assertThat(done.get(5, TimeUnit.SECONDS)).isEmpty();
      }
    }
  }

  private List<JournalEntry> reopen() {
    try (FileJournal journal = FileJournal.open(file())) {
      return journal.recovered();
    }
  }

  private Path file() {
    return folder.resolve("journal");
  }

  private static JournalEntry attempt(String id) {
    // An all-zero signature: the journal keeps what it is given.
    return new JournalEntry.Attempted(
        new org.orrery.contract.command.SignedCommand(
            TestPlant.speed(id, 50, 1_000), org.orrery.contract.Bytes.of(new byte[64])),
        Value.of(40.0),
        1_000);
  }

  private static JournalEntry ended(String id) {
    CommandId command = new CommandId(id);
    return new JournalEntry.Ended(
        command, new CommandOutcome.Confirmed(command, 2_000, Value.of(50.0)), true, 2_000);
  }

  @Test
  void shouldNotShareTheJournalWithAnother() throws Exception {
    // Given
    try (FileJournal first = FileJournal.open(file())) {
      assertThat(first.durableBytes()).isPositive();

      // Then
      assertThatThrownBy(() -> FileJournal.open(file()))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("in use by another Orrery");
    }
    FileJournal.open(file()).close();
  }
}
