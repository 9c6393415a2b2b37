package org.orrery.gateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequenceStartTest {
  private static final long NOW_NS = 1_795_428_000_000_000_000L;
  private static final long A_LIFE = 60_000_000_000L;

  @TempDir private Path folder;

  @Test
  void shouldBeginEveryLifeBeyondAllThatTheOnesBeforeGave() {
    // Given lives of a minute each, in which a channel speaks 100,000 times a second, and a clock
    // that is set back by a day, and then stands still
    Path file = folder.resolve("sequence");
    long[] startsNs = {
      NOW_NS, NOW_NS + A_LIFE, NOW_NS - 86_400_000_000_000L, NOW_NS, NOW_NS, NOW_NS + A_LIFE
    };
    long given = 0;
    for (long startNs : startsNs) {
      // When
      long start = SequenceStart.next(file, startNs);

      // Then
      assertThat(start).isGreaterThanOrEqualTo(given);
      given = start + 100_000L * 60;
    }
  }

  @Test
  void shouldGiveNumbersThatEveryReaderTakesAsTheyAre() {
    assertThat(SequenceStart.next(folder.resolve("sequence"), NOW_NS)).isBetween(0L, 1L << 52);
  }

  @Test
  void shouldGoByTheClockWhereTheFileIsLostOrCannotBeWritten() throws Exception {
    // Given
    Path lost = folder.resolve("lost");
    Files.writeString(lost, "no number");
    Path nowhere = folder.resolve("no-such-folder").resolve("sequence");

    // When / Then
    for (Path file : new Path[] {lost, nowhere}) {
      assertThat(SequenceStart.next(file, NOW_NS)).isEqualTo(NOW_NS / 1_000);
    }
  }
}
