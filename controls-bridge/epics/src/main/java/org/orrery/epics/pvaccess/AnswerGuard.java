package org.orrery.epics.pvaccess;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import org.epics.pvaccess.client.impl.remote.ChannelImpl;
import org.epics.pvaccess.impl.remote.Transport;
import org.epics.pvaccess.impl.remote.request.ResponseHandler;

/**
 * Stands between the wire and the library's client and takes two messages out of its hands.
 * Thread-safe.
 *
 * <ul>
 *   <li>Answers to requests that are gone, such as an update that was under way when its
 *       subscription ended. The library leaves them unread and, when not all of one has arrived
 *       yet, drops the connection with all its channels ("unprocessed read buffer").
 *   <li>"Channel destroyed". The library takes the server's number of the channel for its own and
 *       so disconnects some other PV, whichever has that number, when one is closed.
 * </ul>
 */
final class AnswerGuard implements ResponseHandler {
  /**
   * Answers that begin with a request id: get, put, put-get, monitor, array, process, get-field,
   * RPC.
   */
  private static final Set<Byte> ANSWERS =
      Set.of(
          (byte) 10, (byte) 11, (byte) 12, (byte) 13, (byte) 14, (byte) 16, (byte) 17, (byte) 20);

  private static final byte CHANNEL_DESTROYED = 8;
  private static final int CHUNK_BYTES = 1024;

  private final ClientContext context;
  private final ResponseHandler library;

  AnswerGuard(ClientContext context, ResponseHandler library) {
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
    if (command == CHANNEL_DESTROYED) {
      destroyed(transport, payload);
      return;
    }
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

  private void destroyed(Transport transport, ByteBuffer payload) {
    transport.ensureData(2 * Integer.BYTES);
    int serverChannelId = payload.getInt();
    int channelId = payload.getInt();
    ChannelImpl channel = context.getChannel(channelId);
    if (channel != null
        && channel.getTransport() == transport
        && channel.getServerChannelID() == serverChannelId) {
      channel.channelDestroyedOnServer();
    }
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
