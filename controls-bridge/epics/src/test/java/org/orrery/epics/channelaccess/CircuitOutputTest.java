package org.orrery.epics.channelaccess;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.orrery.epics.Listening;

/** How much waits in the server for a client that asks and does not read. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CircuitOutputTest {
  private static final int LARGE = 512 * 1024;
  private static final int REQUESTS = 20;

  @Test
  void shouldTakeNoMoreRequestsWhenFewLargeAnswersWait() throws Exception {
    // Given
    ByteArrayOutputStream wire = new ByteArrayOutputStream();
    CircuitOutput output = new CircuitOutput(wire);
    CaMessage large =
        new CaMessage(CaWire.READ_NOTIFY, CaWire.CHAR, LARGE, 1, 1, ByteBuffer.allocate(LARGE));
    AtomicInteger answered = new AtomicInteger();
    Thread reading =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    for (int i = 0; i < REQUESTS; i++) {
                      output.answer(large);
                      answered.incrementAndGet();
                      output.awaitRoom();
                    }
                  } catch (InterruptedException closing) {
                    Thread.currentThread().interrupt();
                  }
                });
    // When
    Listening.until(
        "the requests to be held up, or all to be answered",
        () -> reading.getState() == Thread.State.WAITING || !reading.isAlive());
    int waiting = answered.get();
    Thread writing = Thread.ofVirtual().start(() -> write(output));
    reading.join();
    Listening.until("all to be written", () -> wire.size() == REQUESTS * large.size());
    output.close();
    writing.join();
    // Then
    assertThat(waiting).isEqualTo(1);
    assertThat(answered).hasValue(REQUESTS);
  }

  private static void write(CircuitOutput output) {
    try {
      output.writeAll();
    } catch (java.io.IOException | InterruptedException ended) {
      throw new IllegalStateException(ended);
    }
  }
}
