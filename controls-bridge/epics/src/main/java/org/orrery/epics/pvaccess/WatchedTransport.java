package org.orrery.epics.pvaccess;

import java.io.IOException;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.Set;
import org.epics.pvaccess.client.impl.remote.tcp.BlockingClientTCPTransport;
import org.epics.pvaccess.impl.remote.Context;
import org.epics.pvaccess.impl.remote.Transport;
import org.epics.pvaccess.impl.remote.TransportClient;
import org.epics.pvaccess.impl.remote.request.ResponseHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that closes when its server has been silent for too long, so that its channels are
 * seen to disconnect. Thread-safe.
 *
 * <p>The library notices the silence and does nothing about it. This class joins the connection's
 * users as one that closes it, and leaves when it is the last. It also lets {@link AnswerGuard}
 * read over a message.
 *
 * <p>A silent connection is aborted: closed in the usual way, the system would go on for many
 * minutes to bring the server what it has not taken, and that may be a put that was given up. What
 * has reached the server's machine cannot be called back.
 */
final class WatchedTransport extends BlockingClientTCPTransport {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedTransport.class);

  private final Set<TransportClient> users;
  private final Watch watch;
  private final MessageIntake intake;
  private volatile boolean usable;

  WatchedTransport(
      Context context,
      SocketChannel channel,
      ResponseHandler handler,
      int receiveBufferSize,
      TransportClient client,
      short revision,
      float heartbeatSeconds,
      short priority,
      int mostMessageBytes,
      MessageIntake.Rules rules)
      throws SocketException {
    this.users = new HashSet<>();
    this.watch = new Watch();
    this.intake =
        new MessageIntake(
            into -> FailedRead.asEnd(channel, into),
            rules,
            mostMessageBytes,
            "server " + channel.socket().getRemoteSocketAddress());
    super(
        context, channel, handler, receiveBufferSize, client, revision, heartbeatSeconds, priority);
    watch.watched = this;
    super.acquire(watch);
  }

  @Override
  public int read(ByteBuffer into) {
    return intake.read(into);
  }

  /** It is made, and the server has agreed to it. */
  void markUsable() {
    usable = true;
  }

  /** False while it is being made: the library lists the connection before its constructor ends. */
  boolean isUsable() {
    return usable;
  }

  /** Also called by the super constructor. */
  @Override
  public synchronized boolean acquire(TransportClient client) {
    boolean acquired = super.acquire(client);
    if (acquired) {
      users.add(client);
    }
    return acquired;
  }

  @Override
  public synchronized void release(TransportClient client) {
    super.release(client);
    users.remove(client);
    if (users.isEmpty()) {
      super.release(watch);
    }
  }

  /**
   * Reads over the message that is being handled, of which nothing but the header was read. For the
   * receive thread only.
   */
  void skipMessage() {
    for (int left = payloadSize; left > 0; ) {
      int chunk = Math.min(left, MAX_ENSURE_DATA_SIZE);
      ensureData(chunk);
      socketBuffer.position(socketBuffer.position() + chunk);
      left -= chunk;
    }
  }

  private void abortSilent() {
    LOG.info("server {} is silent, its connection is aborted", getRemoteAddress());
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException gone) {
      LOG.debug("the silent connection cannot be aborted: {}", gone.getMessage());
    }
    try {
      close();
    } catch (IOException gone) {
      LOG.debug("the silent connection was gone already: {}", gone.getMessage());
    }
  }

  private static final class Watch implements TransportClient {
    private volatile @Nullable WatchedTransport watched;

    @Override
    public void transportUnresponsive() {
      WatchedTransport silent = watched;
      if (silent != null) {
        silent.abortSilent();
      }
    }

    @Override
    public void transportResponsive(Transport transport) {}

    @Override
    public void transportChanged() {}

    @Override
    public void transportClosed() {}
  }
}
