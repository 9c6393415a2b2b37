package org.orrery.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Topics;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.bus.local.LocalBus;
import org.orrery.contract.Person;
import org.orrery.contract.Reply;
import org.orrery.contract.command.WritingRequest;
import org.orrery.contract.command.WritingState;

class StopByFileTest {
  private static final WritingRequest.Stop STOP =
      new WritingRequest.Stop(new Person("vera", Set.of()), "smoke");

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final LocalBus inside = new LocalBus(vertx);
  private final List<WritingState> published = new CopyOnWriteArrayList<>();
  private final List<WritingState> toldOnce = new CopyOnWriteArrayList<>();
  private Path file;
  private StopByFile bus;

  @BeforeEach
  void prepare() {
    file = directory.resolve("gateway").resolve("writing-stopped");
    bus = new StopByFile(inside, toldOnce::add, file, new SystemWallClock());
    inside.subscribe(Topics.WRITING_STATE, published::add);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private Reply<WritingState> stop() throws Exception {
    return bus.request(Endpoints.GATE_WRITING, STOP)
        .toCompletionStage()
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  @Test
  void shouldStopByTheFileWhereNoGateAnswersAndTellItOnce() throws Exception {
    // When
    Reply<WritingState> reply = stop();

    // Then
    assertThat(reply).isInstanceOf(Reply.Done.class);
    assertThat(file).content().contains("vera: smoke");
    assertThat(toldOnce).extracting(WritingState::reason).containsExactly("smoke");
    assertThat(published).as("published states are said again to whoever joins").isEmpty();
  }

  @Test
  void shouldMakeTheFileAnewWhereWritingIsStoppedAlready() throws Exception {
    // Given
    Files.createDirectories(file.getParent());
    Files.writeString(file, "Writing is stopped by anna: a test");

    // When
    Reply<WritingState> reply = stop();

    // Then
    assertThat(reply).isInstanceOf(Reply.Done.class);
    assertThat(file).content().contains("vera: smoke").doesNotContain("anna");
  }

  @Test
  void shouldLeaveItToTheGateWhereThatAnswers() throws Exception {
    // Given
    WritingState stopped = new WritingState(true, "vera", "smoke", 3, List.of());
    inside.serve(
        Endpoints.GATE_WRITING, request -> Future.succeededFuture(new Reply.Done<>(stopped)));

    // When
    Reply<WritingState> reply = stop();

    // Then
    assertThat(reply).isEqualTo(new Reply.Done<>(stopped));
    assertThat(file).doesNotExist();
    assertThat(toldOnce).isEmpty();
  }
}
