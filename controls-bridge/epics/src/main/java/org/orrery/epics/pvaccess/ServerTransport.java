package org.orrery.epics.pvaccess;

import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.epics.pvaccess.impl.remote.TransportSendControl;
import org.epics.pvaccess.impl.remote.TransportSender;
import org.epics.pvaccess.impl.remote.request.ResponseHandler;
import org.epics.pvaccess.impl.remote.server.ServerChannel;
import org.epics.pvaccess.server.impl.remote.ServerChannelImpl;
import org.epics.pvaccess.server.impl.remote.tcp.BlockingServerTCPTransport;

/**
 * One client's connection, server side. Thread-safe.
 *
 * <p>The library lets a server end a subscription, but not a channel: a client of a PV that is not
 * served any more would stay connected to it, and never search for it again. So a channel learns
 * here what it has to know to end itself.
 */
final class ServerTransport extends BlockingServerTCPTransport {
  private static final byte CHANNEL_DESTROYED = 8;

  private final MessageIntake intake;

  ServerTransport(
      ServerContext context,
      SocketChannel socket,
      ResponseHandler handler,
      int receiveBufferSize,
      int mostMessageBytes)
      throws SocketException {
    this.intake =
        new MessageIntake(
            into -> FailedRead.asEnd(socket, into),
            new ClientRules(),
            mostMessageBytes,
            "client " + socket.socket().getRemoteSocketAddress());
    super(context, socket, handler, receiveBufferSize);
  }

  @Override
  public int read(ByteBuffer into) {
    return intake.read(into);
  }

  /** Called right before the client is told the channel's number, on the send thread. */
  @Override
  public void registerChannel(int sid, ServerChannel registered) {
    super.registerChannel(sid, registered);
    if (registered instanceof ServerChannelImpl channel
        && channel.getChannel() instanceof BareChannel ours) {
      ours.opened(() -> end(channel));
    }
  }

  /** What is asked of it from now on is answered with an error, as for a channel never known. */
  private void end(ServerChannelImpl channel) {
    unregisterChannel(channel.getSID());
    channel.destroy();
    enqueueSendRequest(new Farewell(channel.getSID(), channel.getCID()));
  }

  /** What a client may send. Its request would go unanswered if the rest of it were skipped. */
  private static final class ClientRules implements MessageIntake.Rules {
    @Override
    public boolean skips(byte command, int requestId) {
      return false;
    }

    @Override
    public boolean sound(byte command, ByteBuffer payload) {
      return true;
    }
  }

  /** The protocol's message that a channel is gone. */
  private record Farewell(int serverChannelId, int channelId) implements TransportSender {
    @Override
    public void send(ByteBuffer buffer, TransportSendControl control) {
      control.startMessage(CHANNEL_DESTROYED, 2 * Integer.BYTES);
      buffer.putInt(serverChannelId);
      buffer.putInt(channelId);
    }

    @Override
    public void lock() {}

    @Override
    public void unlock() {}
  }
}
