package org.orrery.epics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.HistogramValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.channelaccess.CaClient;
import org.orrery.epics.client.CaSettings;
import org.orrery.epics.client.GetReply;
import org.orrery.epics.client.PutReply;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;

/** One test for each trap of the CA library that nothing else would notice, and for our server. */
class PvCaTrapsTest extends PvRig {
  PvCaTrapsTest() {
    super(new PvCaAdapter());
  }

  @Test
  void shouldStartNoProcessThatPassesBeaconsOn() throws Exception {
    // Given
    Set<Long> before = children();
    // When
    PvServer server = server();
    serveVolts(server, "T:V", 1);
    GetReply reply = client(server).get("T:V", 30 * SECOND_NS).get();
    // Then
    assertThat(reply).isInstanceOf(GetReply.Got.class);
    assertThat(children()).isSubsetOf(before);
  }

  private static Set<Long> children() {
    return new java.util.HashSet<>(
        ProcessHandle.current().descendants().map(ProcessHandle::pid).toList());
  }

  @Test
  void shouldSearchOnlyTheServersThatItWasGiven() throws Exception {
    // Given
    PvServer known = server();
    PvServer unknown = server();
    serveVolts(known, "T:KNOWN", 1);
    serveVolts(unknown, "T:UNKNOWN", 2);
    PvClient client = client(known);
    // When
    GetReply there = client.get("T:KNOWN", 30 * SECOND_NS).get();
    GetReply absent = client.get("T:UNKNOWN", SECOND_NS).get();
    // Then
    assertThat(there).isInstanceOf(GetReply.Got.class);
    assertThat(absent).isInstanceOf(GetReply.Failed.class);
  }

  @Test
  void shouldRefuseAnArrayThatIsTooLargeAndKeepTheConnection() throws Exception {
    // Given
    PvServer server = server();
    serveVolts(server, "T:V", 1);
    server.create(
        PvDefinition.readOnly("T:BIG", plain(ValueKind.DOUBLE_ARRAY)),
        PvState.normal(DoubleArrayValue.of(new double[10_000]), T0_NS));
    PvClient client =
        closing(
            CaClient.open(
                new CaSettings(
                    List.of(server.searchAddress()),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(500),
                    65_536)));
    Listening steady = new Listening();
    Listening big = new Listening();
    client.subscribe("T:V", steady);
    steady.awaitUpdates(1);
    // When
    client.subscribe("T:BIG", big);
    Listening.until("the refusal", () -> !big.refusals().isEmpty());
    GetReply read = client.get("T:BIG", 30 * SECOND_NS).get();
    // Then
    assertThat(big.refusals().getFirst()).contains("80000 bytes", "65536");
    assertThat(read).isInstanceOf(GetReply.Failed.class);
    assertThat(steady.disconnections()).isZero();
  }

  @Test
  void shouldCarryArraysThatGrowAndShrink() {
    // Given
    PvServer server = server();
    ServedPv wave =
        server.create(
            PvDefinition.readOnly("T:WAVE", plain(ValueKind.DOUBLE_ARRAY)),
            PvState.normal(DoubleArrayValue.of(1, 2, 3), T0_NS));
    Listening listening = new Listening();
    client(server).subscribe("T:WAVE", listening);
    listening.awaitUpdates(1);
    double[] larger = new double[30_000];
    larger[29_999] = 7;
    // When
    wave.post(PvState.normal(DoubleArrayValue.of(1), T0_NS + 1));
    listening.awaitUpdate("the short one", u -> u.value().equals(DoubleArrayValue.of(1)));
    wave.post(PvState.normal(DoubleArrayValue.of(), T0_NS + 2));
    listening.awaitUpdate("the empty one", u -> u.value().equals(DoubleArrayValue.of()));
    wave.post(PvState.normal(DoubleArrayValue.of(larger), T0_NS + 3));
    // Then
    listening.awaitUpdate("the larger one", u -> u.value().equals(DoubleArrayValue.of(larger)));
  }

  @Test
  void shouldCarryALongTextUnderItsOwnName() throws Exception {
    // Given
    PvServer server = server();
    List<Value> taken = new CopyOnWriteArrayList<>();
    String text = "Kühlung: ".repeat(9);
    server.create(
        PvDefinition.writable("T:S", plain(ValueKind.TEXT), accepting(taken)),
        PvState.normal(Value.of(text), T0_NS));
    PvClient client = connected(client(server), "T:S", "T:S$");
    // When
    GetReply whole = client.get("T:S$", 30 * SECOND_NS).get();
    GetReply cut = client.get("T:S", 30 * SECOND_NS).get();
    PutReply long1 = client.put("T:S", Value.of(text), 30 * SECOND_NS).get();
    PutReply long2 = client.put("T:S$", Value.of(text), 30 * SECOND_NS).get();
    // Then
    assertThat(((GetReply.Got) whole).update().value()).isEqualTo(Value.of(text));
    String begin = ((Value.TextValue) ((GetReply.Got) cut).update().value()).value();
    assertThat(text).startsWith(begin);
    assertThat(begin).hasSizeBetween(30, 39);
    assertThat(long1)
        .isInstanceOfSatisfying(
            PutReply.Rejected.class,
            no -> {
              assertThat(no.mayHaveBeenWritten()).isFalse();
              assertThat(no.message()).contains("NAME$");
            });
    assertThat(long2).isEqualTo(new PutReply.Completed());
    assertThat(taken).containsExactly(Value.of(text));
  }

  @Test
  void shouldFindOtherPvsWhileOneServerDoesNotAccept() throws Exception {
    // Given
    List<Socket> filling = new ArrayList<>();
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        DatagramSocket search = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 4; i++) {
        Socket socket = new Socket();
        filling.add(socket);
        Thread.ofVirtual().start(() -> fill(socket, deaf.getLocalPort()));
      }
      Thread.sleep(300);
      Thread.ofVirtual().start(() -> answerEverySearch(search, deaf.getLocalPort()));
      PvServer good = server();
      PvClient client =
          closing(
              adapter.openClient(HostPort.loopback(search.getLocalPort()), good.searchAddress()));
      // When
      client.subscribe("T:DEAF", new Listening());
      Thread.sleep(500);
      serveVolts(good, "T:V", 1);
      long startNs = System.nanoTime();
      GetReply reply = client.get("T:V", 60 * SECOND_NS).get();
      // Then
      assertThat(reply).isInstanceOf(GetReply.Got.class);
      assertThat(System.nanoTime() - startNs).isLessThan(30 * SECOND_NS);
    } finally {
      for (Socket socket : filling) {
        socket.close();
      }
    }
  }

  private static void fill(Socket socket, int port) {
    try {
      socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (java.io.IOException refused) {
      // as the client will be
    }
  }

  /** Says of every PV whose name has DEAF in it that it is served at the port. */
  private static void answerEverySearch(DatagramSocket socket, int port) {
    byte[] buffer = new byte[65_536];
    while (!socket.isClosed()) {
      try {
        DatagramPacket asked = new DatagramPacket(buffer, buffer.length);
        socket.receive(asked);
        ByteBuffer in = ByteBuffer.wrap(buffer, 0, asked.getLength());
        while (in.remaining() >= 16) {
          int command = in.getShort(in.position());
          int size = in.getShort(in.position() + 2);
          int id = in.getInt(in.position() + 8);
          String name = new String(buffer, in.position() + 16, size, "UTF-8");
          in.position(in.position() + 16 + size);
          if (command == 6 && name.contains("DEAF")) {
            ByteBuffer answer = ByteBuffer.allocate(24);
            answer.putShort((short) 6).putShort((short) 8).putShort((short) port);
            answer.putShort((short) 0).putInt(-1).putInt(id).putShort((short) 13);
            socket.send(
                new DatagramPacket(answer.array(), 24, asked.getAddress(), asked.getPort()));
          }
        }
      } catch (java.io.IOException closing) {
        return;
      }
    }
  }

  @Test
  void shouldSayWhatChannelAccessCannotCarry() {
    // Given
    PvServer server = server();
    HistogramValue histogram =
        new HistogramValue(DoubleArrayValue.of(0, 1), DoubleArrayValue.of(5));
    PvMetadata many =
        plain(
            ValueKind.CHOICE,
            "0",
            "1",
            "2",
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
            "9",
            "a",
            "b",
            "c",
            "d",
            "e",
            "f",
            "g");
    // When / Then
    assertThatThrownBy(
            () ->
                server.create(
                    PvDefinition.readOnly("T:H", PvMetadata.histogram("", "")),
                    PvState.normal(histogram, T0_NS)))
        .hasMessageContaining("T:H")
        .hasMessageContaining("serve it over pvAccess");
    assertThatThrownBy(
            () ->
                server.create(
                    PvDefinition.readOnly("T:C", many),
                    PvState.normal(new Value.ChoiceValue(0, "0"), T0_NS)))
        .hasMessageContaining("16 choices");
    ServedPv count =
        server.create(
            PvDefinition.readOnly("T:N", plain(ValueKind.LONG)),
            PvState.normal(new Value.LongValue(1), T0_NS));
    assertThatThrownBy(() -> count.post(PvState.normal(new Value.LongValue(1L << 40), T0_NS)))
        .hasMessageContaining("32 bits");
    assertThatThrownBy(() -> server.createService("T:RPC", given -> null))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
