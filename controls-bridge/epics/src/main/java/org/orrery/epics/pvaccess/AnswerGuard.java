package org.orrery.epics.pvaccess;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import org.epics.pvaccess.client.impl.remote.ChannelImpl;
import org.epics.pvaccess.impl.remote.QoS;
import org.epics.pvaccess.impl.remote.Transport;
import org.epics.pvaccess.impl.remote.request.DataResponse;
import org.epics.pvaccess.impl.remote.request.ResponseHandler;
import org.epics.pvaccess.impl.remote.request.ResponseRequest;
import org.epics.pvdata.misc.SerializeHelper;
import org.epics.pvdata.pv.MessageType;

/**
 * Stands between the wire and the library's client and takes three kinds of message out of its
 * hands. Thread-safe.
 *
 * <ul>
 *   <li>Answers to requests that are gone, such as an update that was under way when its
 *       subscription ended. The library leaves them unread and, when not all of one has arrived
 *       yet, drops the connection with all its channels ("unprocessed read buffer"). A type that
 *       such an answer brings is kept: the server names it only by its number from then on.
 *   <li>Remarks on requests that are gone, which it leaves unread as well.
 *   <li>"Channel destroyed". The library takes the server's number of the channel for its own and
 *       so disconnects some other PV, whichever has that number, when one is closed.
 * </ul>
 *
 * <p>Data inside a variant union carry types too; those of an update of a subscription that is gone
 * are lost. Nothing that is read here has such a field.
 */
final class AnswerGuard implements ResponseHandler {
  private static final byte CHANNEL_DESTROYED = 8;
  private static final byte GET = 10;
  private static final byte PUT = 11;
  private static final byte MONITOR = 13;
  private static final byte REMARK = 18;

  /**
   * Answers that begin with a request id: get, put, put-get, monitor, array, process, get-field,
   * RPC.
   */
  static final Set<Byte> ANSWERS =
      Set.of(GET, PUT, (byte) 12, MONITOR, (byte) 14, (byte) 16, (byte) 17, (byte) 20);

  /** The first answer of these brings a type. */
  private static final Set<Byte> TYPED = Set.of(GET, PUT, MONITOR);

  private static final MessageType[] MESSAGE_TYPES = MessageType.values();
  private static final int ID_AND_FLAGS = Integer.BYTES + Byte.BYTES;

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
    } else if (payloadSize >= ID_AND_FLAGS && ANSWERS.contains(command)) {
      answered(transport, version, command, payload);
    } else if (payloadSize >= ID_AND_FLAGS && command == REMARK) {
      remarked(transport, payload);
    } else {
      library.handleResponse(from, transport, version, command, payloadSize, payload);
    }
  }

  /** Looks the request up once: between two looks another thread may have ended it. */
  private void answered(Transport transport, byte version, byte command, ByteBuffer payload) {
    transport.ensureData(ID_AND_FLAGS);
    int requestId = payload.getInt(payload.position());
    if (context.getResponseRequest(requestId) instanceof DataResponse request) {
      payload.position(payload.position() + Integer.BYTES);
      request.response(transport, version, payload);
      return;
    }
    byte flags = payload.get(payload.position() + Integer.BYTES);
    if (TYPED.contains(command) && QoS.INIT.isSet(flags)) {
      payload.position(payload.position() + ID_AND_FLAGS);
      if (Statuses.read(payload, transport).isSuccess()) {
        transport.cachedDeserialize(payload);
      }
      return;
    }
    skip(transport);
  }

  private void remarked(Transport transport, ByteBuffer payload) {
    transport.ensureData(ID_AND_FLAGS);
    ResponseRequest request = context.getResponseRequest(payload.getInt(payload.position()));
    if (request == null) {
      skip(transport);
      return;
    }
    payload.position(payload.position() + Integer.BYTES);
    int type = Math.clamp(payload.get(), 0, MESSAGE_TYPES.length - 1);
    String remark = SerializeHelper.deserializeString(payload, transport);
    request.getRequester().message(remark, MESSAGE_TYPES[type]);
  }

  private static void skip(Transport transport) {
    ((WatchedTransport) transport).skipMessage();
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
}
