package org.orrery.epics.pvaccess;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import org.epics.pvaccess.impl.remote.Transport;
import org.epics.pvaccess.impl.remote.request.ResponseHandler;

/**
 * Reads answers to requests that are gone, such as an update that was under way when its
 * subscription ended, and drops them. Thread-safe.
 *
 * <p>The library leaves such an answer unread and, when not all of it has arrived yet, drops the
 * connection with all its channels ("unprocessed read buffer").
 */
final class LateAnswerGuard implements ResponseHandler {
  /**
   * Answers that begin with a request id: get, put, put-get, monitor, array, process, get-field,
   * RPC.
   */
  private static final Set<Byte> ANSWERS =
      Set.of(
          (byte) 10, (byte) 11, (byte) 12, (byte) 13, (byte) 14, (byte) 16, (byte) 17, (byte) 20);

  private static final int CHUNK_BYTES = 1024;

  private final ClientContext context;
  private final ResponseHandler library;

  LateAnswerGuard(ClientContext context, ResponseHandler library) {
    this.context = context;
    this.library = library;
  }

  @Override
  public void handleResponse(
      InetSocketAddress from,
      Transport transport,
      byte version,
      byte command,
      int payloadSize,
      ByteBuffer payload) {
    if (ANSWERS.contains(command) && payloadSize >= Integer.BYTES) {
      transport.ensureData(Integer.BYTES);
      int requestId = payload.getInt(payload.position());
      if (context.getResponseRequest(requestId) == null) {
        skip(transport, payloadSize, payload);
        return;
      }
    }
    library.handleResponse(from, transport, version, command, payloadSize, payload);
  }

  private static void skip(Transport transport, int size, ByteBuffer payload) {
    for (int left = size; left > 0; ) {
      int chunk = Math.min(left, CHUNK_BYTES);
      transport.ensureData(chunk);
      payload.position(payload.position() + chunk);
      left -= chunk;
    }
  }
}
