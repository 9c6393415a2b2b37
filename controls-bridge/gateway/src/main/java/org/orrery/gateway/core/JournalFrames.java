package org.orrery.gateway.core;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.orrery.contract.Bytes;

/**
 * The layout of the journal file: an eight-byte head, then frames of length (4 bytes), CRC-32C over
 * length and payload (4 bytes), payload. Because each entry is on disk before the next one is
 * written, only the last frame can be torn; a broken frame with a whole one behind it is
 * corruption. Stateless.
 */
public final class JournalFrames {
  /** What a journal begins with. */
  public static final Bytes HEAD = Bytes.of(new byte[] {'O', 'R', 'R', 'Y', 'G', 'J', '0', '1'});

  /** Largest payload; a command of a hundred preconditions takes about 10 kB. */
  public static final int MAX_PAYLOAD = 1 << 20;

  private static final int FRAME_HEAD = 8;

  private JournalFrames() {}

  /** What a file holds. */
  public sealed interface Scan {
    /**
     * The file can be used.
     *
     * @param payloads the entries in order
     * @param validBytes length up to which the file is whole; what lies behind is a torn tail to be
     *     cut off
     */
    record Readable(List<Bytes> payloads, long validBytes) implements Scan {
      public Readable {
        payloads = List.copyOf(payloads);
      }
    }

    /**
     * The file is damaged in the middle.
     *
     * @param offset where the first damaged byte may lie
     * @param what what is wrong
     */
    record Corrupt(long offset, String what) implements Scan {}
  }

  /**
   * Frames one payload.
   *
   * @throws IllegalArgumentException for an empty or too large payload
   */
  public static Bytes frame(Bytes payload) {
    if (payload.size() == 0 || payload.size() > MAX_PAYLOAD) {
      throw new IllegalArgumentException(
          "a journal entry has 1 to " + MAX_PAYLOAD + " bytes, got " + payload.size());
    }
    byte[] content = payload.toArray();
    ByteBuffer frame = ByteBuffer.allocate(FRAME_HEAD + content.length);
    frame.putInt(content.length).putInt(checksum(content, 0, content.length)).put(content);
    return Bytes.of(frame.array());
  }

  /** Reads a whole file. */
  public static Scan scan(Bytes file) {
    byte[] all = file.toArray();
    byte[] head = HEAD.toArray();
    int headLength = Math.min(head.length, all.length);
    for (int i = 0; i < headLength; i++) {
      if (all[i] != head[i]) {
        return new Scan.Corrupt(i, "the file does not begin as a journal does");
      }
    }
    if (all.length < head.length) {
      return new Scan.Readable(List.of(), 0);
    }
    List<Bytes> payloads = new ArrayList<>();
    int offset = head.length;
    while (offset < all.length) {
      int length = wholeFrameAt(all, offset);
      if (length < 0) {
        return tail(all, offset, payloads);
      }
      payloads.add(
          Bytes.of(
              java.util.Arrays.copyOfRange(
                  all, offset + FRAME_HEAD, offset + FRAME_HEAD + length)));
      offset += FRAME_HEAD + length;
    }
    return new Scan.Readable(payloads, offset);
  }

  /**
   * Whole frames from the middle of a file.
   *
   * @param payloads the entries in order
   * @param bytes how many bytes they take with their heads
   */
  public record Run(List<Bytes> payloads, int bytes) {
    public Run {
      payloads = List.copyOf(payloads);
    }
  }

  /** Reads whole frames from the beginning of some bytes of a file, at most so many. */
  public static Run run(Bytes part, int most) {
    byte[] all = part.toArray();
    List<Bytes> payloads = new ArrayList<>();
    int offset = 0;
    int length = wholeFrameAt(all, 0);
    while (length >= 0 && payloads.size() < most) {
      payloads.add(
          Bytes.of(
              java.util.Arrays.copyOfRange(
                  all, offset + FRAME_HEAD, offset + FRAME_HEAD + length)));
      offset += FRAME_HEAD + length;
      length = wholeFrameAt(all, offset);
    }
    return new Run(payloads, offset);
  }

  private static Scan tail(byte[] all, int offset, List<Bytes> payloads) {
    if (all.length - offset > FRAME_HEAD + MAX_PAYLOAD) {
      return new Scan.Corrupt(offset, "more bytes follow than one torn entry can have");
    }
    for (int later = offset + 1; later < all.length; later++) {
      if (wholeFrameAt(all, later) >= 0) {
        return new Scan.Corrupt(offset, "a broken entry with a whole one behind it");
      }
    }
    return new Scan.Readable(payloads, offset);
  }

  /** Length of the payload of the whole frame at the offset; -1 where there is none. */
  private static int wholeFrameAt(byte[] all, int offset) {
    if (all.length - offset < FRAME_HEAD) {
      return -1;
    }
    ByteBuffer buffer = ByteBuffer.wrap(all, offset, all.length - offset);
    int length = buffer.getInt();
    int expected = buffer.getInt();
    if (length < 1 || length > MAX_PAYLOAD || length > buffer.remaining()) {
      return -1;
    }
    return checksum(all, offset + FRAME_HEAD, length) == expected ? length : -1;
  }

  private static int checksum(byte[] content, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(4).putInt(length).flip());
    crc.update(content, from, length);
    return (int) crc.getValue();
  }
}
