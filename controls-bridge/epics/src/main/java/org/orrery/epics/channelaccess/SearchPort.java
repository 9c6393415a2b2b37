package org.orrery.epics.channelaccess;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.orrery.epics.HostPort;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where clients ask who serves a PV, and where beacons leave from. Thread-safe. */
final class SearchPort implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SearchPort.class);
  private static final int MAX_DATAGRAM_BYTES = 65_536;

  /** As large as an answer may be without being fragmented on any network. */
  private static final int MAX_ANSWER_BYTES = 1_024;

  private static final int BEACON = 13;
  private static final long FIRST_BEACON_PAUSE_MS = 20;
  private static final long LONGEST_BEACON_PAUSE_MS = 15_000;

  /** For the address of the sender. */
  private static final int WHENCE_THIS_CAME = 0xFFFF_FFFF;

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
  private static final int SEQUENCE_IS_VALID = 1;

  private final DatagramSocket socket;
  private final int port;
  private final int serverPort;
  private final Predicate<String> served;
  private final Thread answerer;

  /**
   * Binds the port.
   *
   * @param serverPort TCP port that the answers name
   * @param served whether a name is served here
   */
  SearchPort(InetSocketAddress bind, int serverPort, Predicate<String> served)
      throws SocketException {
    this.socket = new DatagramSocket(bind);
    this.port = socket.getLocalPort();
    this.serverPort = serverPort;
    this.served = served;
    this.answerer = Thread.ofVirtual().name("orrery-ca-search").unstarted(this::answerAll);
  }

  /** Its port, also once it is closed. */
  int port() {
    return port;
  }

  void start(List<HostPort> beaconAddresses) {
    answerer.start();
    if (!beaconAddresses.isEmpty()) {
      Thread.ofVirtual().name("orrery-ca-beacon").start(() -> beaconAll(beaconAddresses));
    }
  }

  private void answerAll() {
    byte[] buffer = new byte[MAX_DATAGRAM_BYTES];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        answer(ByteBuffer.wrap(buffer, 0, packet.getLength()), packet);
      } catch (IOException broken) {
        if (!socket.isClosed()) {
          LOG.info("a CA search could not be answered: {}", broken.getMessage());
        }
      }
    }
  }

  private void answer(ByteBuffer datagram, DatagramPacket from) throws IOException {
    ByteBuffer answers = ByteBuffer.allocate(MAX_ANSWER_BYTES);
    byte[] version = CaMessage.bare(CaWire.VERSION, 0, CaWire.MINOR_VERSION, 0, 0).bytes();
    for (CaMessage message = CaMessage.take(datagram);
        message != null;
        message = CaMessage.take(datagram)) {
      if (message.command() == CaWire.VERSION) {
        version = version(message);
      } else if (message.command() == CaWire.SEARCH && served.test(message.text())) {
        byte[] found = found(message);
        if (answers.remaining() < found.length) {
          send(answers, from);
        }
        answers.put(answers.position() == 0 ? version : new byte[0]).put(found);
      }
    }
    if (answers.position() > 0) {
      send(answers, from);
    }
  }

  /** Repeats the number of the datagram, by which a client times the round trip. */
  private static byte[] version(CaMessage asked) {
    int sequence = asked.type() & SEQUENCE_IS_VALID;
    return CaMessage.bare(CaWire.VERSION, sequence, CaWire.MINOR_VERSION, asked.first(), 0).bytes();
  }

  private byte[] found(CaMessage search) {
    ByteBuffer version = ByteBuffer.allocate(Long.BYTES).putShort((short) CaWire.MINOR_VERSION);
    return new CaMessage(
            CaWire.SEARCH, serverPort, 0, WHENCE_THIS_CAME, search.first(), version.rewind())
        .bytes();
  }

  private void send(ByteBuffer answers, DatagramPacket to) throws IOException {
    socket.send(
        new DatagramPacket(answers.array(), answers.position(), to.getAddress(), to.getPort()));
    answers.clear();
  }

  private void beaconAll(List<HostPort> addresses) {
    long pauseMs = FIRST_BEACON_PAUSE_MS;
    for (int number = 0; !socket.isClosed(); number++) {
      byte[] beacon =
          CaMessage.bare(BEACON, CaWire.MINOR_VERSION, serverPort, number, ownAddress()).bytes();
      for (HostPort address : addresses) {
        try {
          InetSocketAddress to = new InetSocketAddress(address.host(), address.port());
          socket.send(new DatagramPacket(beacon, beacon.length, to));
        } catch (IOException | IllegalArgumentException broken) {
          LOG.debug("no beacon to {}: {}", address, broken.getMessage());
        }
      }
      try {
        Thread.sleep(pauseMs);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
      pauseMs = Math.min(2 * pauseMs, LONGEST_BEACON_PAUSE_MS);
    }
  }

  private int ownAddress() {
    @Nullable InetAddress bound = socket.getLocalAddress();
    return bound == null || bound.isAnyLocalAddress()
        ? 0
        : ByteBuffer.wrap(bound.getAddress()).getInt();
  }

  @Override
  public void close() {
    socket.close();
    awaitEnd(answerer);
  }

  /** A port is free once the thread that waits on it has noticed that it was closed. */
  static void awaitEnd(Thread waiter) {
    try {
      if (!waiter.join(CLOSE_WITHIN)) {
        LOG.info("{} did not end in time; its port may be taken for a while", waiter.getName());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
