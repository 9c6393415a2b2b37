package org.orrery.epics.channelaccess;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;
import org.orrery.epics.HostPort;
import org.orrery.epics.server.PvServer;

/** Stands between a client and a server, and changes what the server says. Thread-safe. */
final class TamperingProxy implements AutoCloseable {
  private static final int LARGEST = 1 << 20;
  private static final int ANSWER_WITHIN_MS = 1_000;

  private final PvServer server;
  private final UnaryOperator<CaMessage> tamper;
  private final ServerSocket tcp = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
  private final DatagramSocket udp = new DatagramSocket(0, InetAddress.getLoopbackAddress());

  /** Something that ends with the other end. */
  private interface Pump {
    void run() throws IOException;
  }

  private TamperingProxy(PvServer server, UnaryOperator<CaMessage> tamper) throws IOException {
    this.server = server;
    this.tamper = tamper;
  }

  static TamperingProxy before(PvServer server, UnaryOperator<CaMessage> tamper)
      throws IOException {
    TamperingProxy proxy = new TamperingProxy(server, tamper);
    run(proxy::passSearches);
    run(proxy::passConnections);
    return proxy;
  }

  HostPort searchAddress() {
    return HostPort.loopback(udp.getLocalPort());
  }

  private static void run(Pump pump) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                pump.run();
              } catch (IOException ended) {
                // with the test, or with one of the two ends
              }
            });
  }

  private void passSearches() throws IOException {
    while (true) {
      DatagramPacket asked = new DatagramPacket(new byte[LARGEST], LARGEST);
      udp.receive(asked);
      run(() -> passSearch(asked));
    }
  }

  /** The answer leads to this proxy's port. */
  private void passSearch(DatagramPacket asked) throws IOException {
    try (DatagramSocket back = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      back.setSoTimeout(ANSWER_WITHIN_MS);
      HostPort search = server.searchAddress();
      back.send(
          new DatagramPacket(
              asked.getData(),
              asked.getLength(),
              new InetSocketAddress(search.host(), search.port())));
      DatagramPacket answer = new DatagramPacket(new byte[LARGEST], LARGEST);
      back.receive(answer);
      ByteBuffer in = ByteBuffer.wrap(answer.getData(), 0, answer.getLength());
      ByteBuffer out = ByteBuffer.allocate(LARGEST);
      for (CaMessage m = CaMessage.take(in); m != null; m = CaMessage.take(in)) {
        int type = m.command() == CaWire.SEARCH ? tcp.getLocalPort() : m.type();
        out.put(
            new CaMessage(m.command(), type, m.count(), m.first(), m.second(), m.payload())
                .bytes());
      }
      udp.send(new DatagramPacket(out.array(), out.position(), asked.getSocketAddress()));
    }
  }

  private void passConnections() throws IOException {
    while (true) {
      Socket client = tcp.accept();
      Socket to = new Socket(server.serverAddress().host(), server.serverAddress().port());
      run(
          () -> {
            try (client;
                to) {
              client.getInputStream().transferTo(to.getOutputStream());
            }
          });
      run(
          () -> {
            try (client;
                to) {
              tamper(to, client);
            }
          });
    }
  }

  private void tamper(Socket from, Socket to) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(from.getInputStream()));
    OutputStream out = to.getOutputStream();
    while (true) {
      out.write(tamper.apply(CaMessage.read(in, LARGEST)).bytes());
    }
  }

  @Override
  public void close() throws IOException {
    tcp.close();
    udp.close();
  }
}
