package org.orrery.epics.pvaccess;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.epics.pvaccess.PVAConstants;
import org.epics.pvaccess.impl.remote.Context;
import org.epics.pvaccess.impl.remote.request.ResponseHandler;
import org.epics.pvaccess.impl.remote.udp.BlockingUDPTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP socket that hands on only datagrams whose lengths fit into them. Thread-safe as the library
 * uses it: one thread reads.
 *
 * <p>The library believes every length. A negative one has it read the same message for ever, and a
 * large one takes that much memory.
 */
final class DatagramTransport extends BlockingUDPTransport {
  private static final Logger LOG = LoggerFactory.getLogger(DatagramTransport.class);
  private static final int CONTROL = 0x01;
  private static final int MOST_BYTES = 65_536;
  private static final long CLOSE_WITHIN_MS = 1_000;

  private final DatagramChannel socket;
  private final ByteBuffer received = ByteBuffer.allocate(MOST_BYTES);
  private final AtomicBoolean told = new AtomicBoolean();
  private final ReentrantLock reading = new ReentrantLock();

  private DatagramTransport(
      Context context,
      ResponseHandler handler,
      DatagramChannel socket,
      InetSocketAddress bound,
      InetSocketAddress[] sendAddresses) {
    super(context, handler, socket, bound, sendAddresses, PVAConstants.PVA_PROTOCOL_REVISION);
    this.socket = socket;
  }

  /**
   * Binds a socket; nothing is read before it is started.
   *
   * @param shared whether other programs of this host may bind the same port
   * @throws IOException when the address cannot be bound
   */
  static DatagramTransport bind(
      Context context,
      ResponseHandler handler,
      InetSocketAddress address,
      boolean shared,
      InetSocketAddress... sendAddresses)
      throws IOException {
    DatagramChannel socket = DatagramChannel.open(StandardProtocolFamily.INET);
    try {
      socket.setOption(StandardSocketOptions.SO_BROADCAST, true);
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, shared);
      socket.bind(address);
      return new DatagramTransport(context, handler, socket, address, sendAddresses);
    } catch (IOException taken) {
      socket.close();
      throw taken;
    }
  }

  /** Called by the library's thread until it is closed. */
  @Override
  protected void processRead() {
    reading.lock();
    try {
      received.clear();
      InetSocketAddress from = (InetSocketAddress) socket.receive(received);
      received.flip();
      if (!handOn(from)) {
        dropped(from);
      }
    } catch (ClosedChannelException closing) {
      closed = true;
    } catch (IOException broken) {
      LOG.debug("a datagram could not be received: {}", broken.getMessage());
    } finally {
      reading.unlock();
    }
  }

  /** Its port is free afterwards: as long as a thread still reads, the system holds it. */
  @Override
  public void close() throws IOException {
    super.close();
    if (reading.isHeldByCurrentThread()) {
      return;
    }
    try {
      if (reading.tryLock(CLOSE_WITHIN_MS, TimeUnit.MILLISECONDS)) {
        reading.unlock();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** False when the rest of the datagram makes no sense. */
  private boolean handOn(InetSocketAddress from) {
    while (received.remaining() >= PVAConstants.PVA_MESSAGE_HEADER_SIZE) {
      byte magic = received.get();
      byte version = received.get();
      byte flags = received.get();
      byte command = received.get();
      received.order(flags < 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
      int size = received.getInt();
      if (magic != PVAConstants.PVA_MAGIC) {
        return false;
      }
      if ((flags & CONTROL) != 0) {
        continue;
      }
      if (size < 0 || size > received.remaining()) {
        return false;
      }
      int limit = received.limit();
      int next = received.position() + size;
      received.limit(next);
      if (!Datagrams.prepare(command, received)) {
        return false;
      }
      handle(from, version, command, size);
      received.limit(limit).position(next);
    }
    return true;
  }

  private void handle(InetSocketAddress from, byte version, byte command, int size) {
    try {
      responseHandler.handleResponse(from, this, version, command, size, received);
    } catch (RuntimeException bug) {
      LOG.debug("a datagram of {} could not be handled", from, bug);
    }
  }

  private void dropped(InetSocketAddress from) {
    if (told.compareAndSet(false, true)) {
      LOG.warn("a datagram of {} makes no sense and is dropped, as all such from now on", from);
    } else {
      LOG.debug("a datagram of {} makes no sense", from);
    }
  }

  @Override
  public void ensureData(int size) {
    if (received.remaining() < size) {
      throw new BufferUnderflowException();
    }
  }
}
