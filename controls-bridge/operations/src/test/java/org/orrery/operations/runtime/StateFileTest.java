package org.orrery.operations.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.contract.operations.ControlHolder;
import org.orrery.contract.operations.DeviceLock;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.operations.Run;
import org.orrery.contract.operations.TagOut;
import org.orrery.operations.core.Remembered;

class StateFileTest {
  @TempDir Path directory;

  @Test
  void shouldReadWhatItWrote() {
    // Given
    StateFile file = new StateFile(directory.resolve("operations/state.properties"));
    Remembered state =
        new Remembered(
            new OperationsState(
                "UNKNOWN",
                Optional.of(new Run(7, "physics", 11, OptionalLong.of(20))),
                Optional.of(new ControlHolder("vera", 3)),
                List.of(
                    new TagOut(
                        "loop",
                        "otto",
                        "Lager läuft = heiß\nnicht anfassen",
                        4,
                        List.of("pump-a", "pump-b"))),
                List.of(new DeviceLock("pump-b", "vera", "Messung", 5, 6))),
            17);

    // When
    assertThat(file.read()).isEmpty();
    file.write(new Remembered(OperationsState.UNKNOWN, 16));
    file.write(state);

    // Then
    assertThat(file.read()).contains(state);
  }

  @Test
  void shouldReadAFileFromBeforeThereWereReservationsAndRevisions() throws Exception {
    // Given
    Path path = directory.resolve("state.properties");
    Files.writeString(path, "tagOuts=0\n");

    // Then
    assertThat(new StateFile(path).read()).contains(new Remembered(OperationsState.UNKNOWN, 0));
  }

  @Test
  void shouldReadATagOutFromBeforeItsDevicesWereKept() throws Exception {
    // Given
    Path path = directory.resolve("state.properties");
    Files.writeString(
        path,
        """
        tagOuts=1
        tagOut.0.device=pump-a
        tagOut.0.owner=otto
        tagOut.0.reason=work
        tagOut.0.sinceNs=4
        """);

    // Then
    assertThat(new StateFile(path).read().orElseThrow().state().tagOuts())
        .containsExactly(new TagOut("pump-a", "otto", "work", 4));
  }

  @Test
  void shouldRefuseToForgetTagOutsThatItCannotRead() throws Exception {
    // Given
    Path path = directory.resolve("state.properties");
    Files.writeString(path, "tagOuts=2\ntagOut.0.device=pump-a\n");

    // Then
    assertThatThrownBy(() -> new StateFile(path).read())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("tagOut.0.owner is missing");
  }
}
