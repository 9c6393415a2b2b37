package org.orrery.epics.pvaccess;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Whether the lengths in a datagram's messages fit into them. Stateless. */
final class Datagrams {
  private static final byte BEACON = 0;
  private static final byte SEARCH = 3;
  private static final byte SEARCH_ANSWER = 4;

  /** Of a beacon: server, flags, sequence, changes, address, port. */
  private static final int BEACON_HEAD = 12 + 1 + 1 + 2 + 16 + 2;

  /** Of a search: sequence, flags, reserved bytes, address, port. */
  private static final int SEARCH_HEAD = 4 + 1 + 3 + 16 + 2;

  /** Of an answer: server, sequence, address, port. */
  private static final int ANSWER_HEAD = 12 + 4 + 16 + 2;

  private static final byte NO_TYPE = -1;

  private Datagrams() {}

  /**
   * Looks a message over before it is read; a server's status is taken out of its beacon, for it
   * could be anything and nobody reads it.
   *
   * @param payload from its position to its limit; both stay as they are
   * @return whether it can be read
   */
  static boolean prepare(byte command, ByteBuffer payload) {
    int begin = payload.position();
    try {
      switch (command) {
        case BEACON -> {
          skip(payload, BEACON_HEAD);
          skipText(payload);
          if (payload.hasRemaining()) {
            payload.put(payload.position(), NO_TYPE);
          }
        }
        case SEARCH -> search(payload);
        case SEARCH_ANSWER -> {
          skip(payload, ANSWER_HEAD);
          skipText(payload);
          skip(payload, 1);
          skip(payload, payload.remaining() == 0 ? 0 : Integer.BYTES * count(payload));
        }
        default -> {
          return true;
        }
      }
      return true;
    } catch (BufferUnderflowException misfit) {
      return false;
    } finally {
      payload.position(begin);
    }
  }

  private static void search(ByteBuffer payload) {
    skip(payload, SEARCH_HEAD);
    int protocols = size(payload);
    for (int i = 0; i < protocols; i++) {
      skipText(payload);
    }
    int names = count(payload);
    for (int i = 0; i < names; i++) {
      skip(payload, Integer.BYTES);
      skipText(payload);
    }
  }

  private static int count(ByteBuffer payload) {
    return Short.toUnsignedInt(payload.getShort());
  }

  private static void skipText(ByteBuffer payload) {
    skip(payload, size(payload));
  }

  private static void skip(ByteBuffer payload, int bytes) {
    if (bytes < 0 || bytes > payload.remaining()) {
      throw new BufferUnderflowException();
    }
    payload.position(payload.position() + bytes);
  }

  /** A size in the protocol's variable-length form; that of nothing is 0. */
  private static int size(ByteBuffer payload) {
    int first = Byte.toUnsignedInt(payload.get());
    return switch (first) {
      case 0xFF -> 0;
      case 0xFE -> payload.getInt();
      default -> first;
    };
  }
}
