package org.orrery.epics.channelaccess;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;

/**
 * Takes the place of the process that passes beacons on, on a private port of this host. The
 * library starts that process, a JVM of its own that outlives this one, unless its port is taken,
 * and asks it for beacons again every second until it confirms. Thread-safe.
 */
final class SilentRepeater implements AutoCloseable {
  private static final int CONFIRM = 17;

  private final DatagramSocket socket;

  SilentRepeater() throws SocketException {
    this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("orrery-ca-repeater").start(this::confirmAll);
  }

  int port() {
    return socket.getLocalPort();
  }

  private void confirmAll() {
    byte[] confirmation = CaMessage.bare(CONFIRM, 0, 0, 0, 0).bytes();
    byte[] buffer = new byte[CaWire.HEADER_BYTES];
    while (!socket.isClosed()) {
      DatagramPacket asked = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(asked);
        socket.send(
            new DatagramPacket(
                confirmation, confirmation.length, asked.getAddress(), asked.getPort()));
      } catch (IOException closing) {
        return;
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
