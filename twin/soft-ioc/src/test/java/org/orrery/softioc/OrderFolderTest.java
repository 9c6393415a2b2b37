package org.orrery.softioc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.simulator.CommandReply;

class OrderFolderTest {
  private static final long PATIENCE_MS = 10_000;

  @TempDir Path folder;

  private final List<String> carriedOut = new CopyOnWriteArrayList<>();

  @Test
  void shouldCarryOutAnOrderOnceAndAnswerIt() throws Exception {
    try (OrderFolder orders = open()) {
      // Given
      assertThat(orders).isNotNull();

      // When
      drop("a", "F5 start\n");
      drop("b", "nonsense");

      // Then
      assertThat(answer("a")).isEqualTo("DONE\nF5 start done\n");
      assertThat(answer("b")).isEqualTo("REFUSED\nnot nonsense\n");
      assertThat(carriedOut).containsExactlyInAnyOrder("F5 start", "nonsense");
      assertThat(folder.resolve("a.order")).doesNotExist();
    }
  }

  @Test
  void shouldThrowAwayOrdersFromBeforeTheStart() throws Exception {
    // Given
    drop("old", "F5 start");

    // When
    try (OrderFolder orders = open()) {
      assertThat(orders).isNotNull();
      drop("new", "list");

      // Then
      assertThat(answer("new")).startsWith("DONE");
      assertThat(carriedOut).containsExactly("list");
      assertThat(folder.resolve("old.answer")).doesNotExist();
    }
  }

  @Test
  void shouldRefuseWhatTheDetectorCannotTake() throws Exception {
    try (OrderFolder orders =
        new OrderFolder(
            folder, line -> CompletableFuture.failedStage(new IllegalStateException("closing")))) {
      // Given
      assertThat(orders).isNotNull();

      // When
      drop("a", "F5 start");

      // Then
      assertThat(answer("a")).isEqualTo("REFUSED\nthe detector is going down\n");
    }
  }

  private OrderFolder open() throws IOException {
    return new OrderFolder(
        folder,
        line -> {
          carriedOut.add(line);
          return CompletableFuture.completedStage(
              line.equals("nonsense")
                  ? new CommandReply(false, "not nonsense")
                  : new CommandReply(true, line + " done"));
        });
  }

  private void drop(String name, String line) throws IOException {
    Path half = Files.writeString(folder.resolve(name + ".part"), line);
    Files.move(half, folder.resolve(name + ".order"), StandardCopyOption.ATOMIC_MOVE);
  }

  private String answer(String name) throws IOException, InterruptedException {
    Path answer = folder.resolve(name + ".answer");
    long deadline = System.nanoTime() + PATIENCE_MS * 1_000_000L;
    while (!Files.exists(answer) && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    return Files.readString(answer);
  }
}
