package org.orrery.epics.pvaccess;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageIntakeTest {
  private static final int LIMIT = 100_000;
  private static final int FIRST = 0x90;
  private static final int MIDDLE = 0xB0;
  private static final int LAST = 0xA0;
  private static final int WHOLE = 0x80;
  private static final int CONTROL = 0x81;
  private static final int ANSWER = 13;

  private final List<Integer> skipped = new ArrayList<>();
  private final List<Integer> sizes = new ArrayList<>();
  private boolean skips = true;
  private boolean sound = true;

  private final MessageIntake.Rules rules =
      new MessageIntake.Rules() {
        @Override
        public boolean skips(byte command, int requestId) {
          skipped.add(requestId);
          return skips;
        }

        @Override
        public boolean sound(byte command, ByteBuffer payload) {
          sizes.add(payload.remaining());
          return sound;
        }
      };

  private static byte[] message(int flags, int command, int stated, byte... payload) {
    return ByteBuffer.allocate(8 + payload.length)
        .put((byte) 0xCA)
        .put((byte) 2)
        .put((byte) flags)
        .put((byte) command)
        .putInt(stated)
        .put(payload)
        .array();
  }

  private static byte[] message(int flags, byte... payload) {
    return message(flags, ANSWER, payload.length, payload);
  }

  /** A payload that begins with a request's number. */
  private static byte[] request(int id, int length) {
    return ByteBuffer.allocate(length).putInt(id).array();
  }

  private static byte[] joined(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(1_000_000);
    for (byte[] part : parts) {
      all.put(part);
    }
    byte[] joined = new byte[all.position()];
    all.flip().get(joined);
    return joined;
  }

  /** What is handed on of these bytes, which come in pieces of some size. */
  private byte[] taken(int piece, byte[]... sent) {
    ByteBuffer wire = ByteBuffer.wrap(joined(sent));
    MessageIntake intake =
        new MessageIntake(
            into -> {
              int n = Math.min(piece, Math.min(wire.remaining(), into.remaining()));
              into.put(into.position(), wire, wire.position(), n);
              wire.position(wire.position() + n);
              return n == 0 ? -1 : n;
            },
            rules,
            LIMIT,
            "a test");
    ByteBuffer out = ByteBuffer.allocate(1_000_000);
    ByteBuffer some = ByteBuffer.allocate(997);
    while (intake.read(some.clear()) >= 0) {
      out.put(some.flip());
    }
    byte[] all = new byte[out.position()];
    out.flip().get(all);
    return all;
  }

  @Test
  void shouldPutTheSegmentsOfAMessageTogetherHoweverTheyCome() {
    for (int piece : new int[] {1, 7, 4_096}) {
      // Given
      byte[] before = message(WHOLE, (byte) 9);
      byte[] order = message(CONTROL, 2, 0);
      // When
      byte[] taken =
          taken(
              piece,
              order,
              before,
              message(FIRST, (byte) 1, (byte) 2),
              message(MIDDLE, (byte) 3),
              message(CONTROL, 0, 77),
              message(LAST),
              before);
      // Then
      assertThat(taken)
          .isEqualTo(joined(order, before, message(WHOLE, new byte[] {1, 2, 3}), before));
    }
    assertThat(sizes).containsExactly(1, 3, 1, 1, 3, 1, 1, 3, 1);
  }

  @Test
  void shouldCarryAMessageOfTheLargestSize() {
    // Given
    byte[] largest = message(WHOLE, request(5, LIMIT));
    // When
    byte[] taken = taken(30_000, largest, largest);
    // Then
    assertThat(taken).isEqualTo(joined(largest, largest));
  }

  @Test
  void shouldSkipWhatIsLargerAndNothingElse() {
    for (int piece : new int[] {1_000, 50_000}) {
      // Given
      byte[] small = message(WHOLE, (byte) 9);
      // When
      byte[] taken =
          taken(
              piece,
              small,
              message(WHOLE, request(5, LIMIT + 1)),
              small,
              message(FIRST, request(6, LIMIT)),
              message(MIDDLE, (byte) 1),
              message(LAST, request(0, 70_000)),
              small);
      // Then
      assertThat(taken).isEqualTo(joined(small, small, small));
    }
    assertThat(skipped).containsExactly(5, 6, 5, 6);
  }

  @Test
  void shouldEndWithTheFirstMessageThatMakesNoSense() {
    // Given
    byte[] good = message(WHOLE, (byte) 9);
    skips = false;
    // When / Then
    assertThat(taken(100, good, message(WHOLE, ANSWER, -1), good)).isEqualTo(good);
    assertThat(taken(100, good, message(WHOLE, ANSWER, Integer.MAX_VALUE, request(1, 9))))
        .isEqualTo(good);
    assertThat(taken(100, good, message(LAST, (byte) 1), good)).isEqualTo(good);
    assertThat(taken(100, good, new byte[20], good)).isEqualTo(good);
    sound = false;
    assertThat(taken(100, good, good)).isEmpty();
  }
}
