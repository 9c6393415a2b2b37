package org.orrery.epics.channelaccess;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.Listening;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.Range;
import org.orrery.epics.adapter.ServerCounters;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvState;

/** What is still asked on a connection while it ends. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DyingCircuitTest {
  private static final int MAX_BYTES = 1 << 20;

  private final ServerCounters counters = new ServerCounters();
  private final CaServedPv pv =
      new CaServedPv(
          PvDefinition.readOnly(
              "A",
              new PvMetadata(
                  ValueKind.DOUBLE, "", "", Range.NONE, Range.NONE, Limits.NONE, List.of())),
          PvState.normal(Value.of(1.0), 1),
          counters,
          gone -> {});

  /** A client that has sent all it asks for in one piece and then ends. */
  private static final class Client extends Socket {
    private final CountDownLatch allRead = new CountDownLatch(1);
    private final InputStream asked;

    Client(byte[] asked) {
      this.asked =
          new ByteArrayInputStream(asked) {
            @Override
            public int read(byte[] into, int offset, int length) {
              int taken = super.read(into, offset, length);
              if (taken < 0) {
                allRead.countDown();
              }
              return taken;
            }
          };
    }

    @Override
    public InputStream getInputStream() {
      return asked;
    }

    @Override
    public OutputStream getOutputStream() {
      return OutputStream.nullOutputStream();
    }
  }

  private static byte[] channelAndSubscription() {
    ByteBuffer name = ByteBuffer.wrap(new byte[] {'A', 0});
    ByteBuffer values = ByteBuffer.allocate(16).putShort(12, (short) CaWire.EVENT_ON_VALUE);
    byte[] channel = new CaMessage(CaWire.CREATE_CHANNEL, 0, 0, 7, 13, name).bytes();
    byte[] subscription = new CaMessage(CaWire.EVENT_ADD, CaWire.DOUBLE, 1, 1, 9, values).bytes();
    return ByteBuffer.allocate(channel.length + subscription.length)
        .put(channel)
        .put(subscription)
        .array();
  }

  private void serve(Client client, Consumer<Circuit> onChannel) throws Exception {
    AtomicReference<Circuit> serving = new AtomicReference<>();
    Circuit circuit =
        new Circuit(
            client,
            name -> {
              onChannel.accept(serving.get());
              return Optional.of(pv);
            },
            MAX_BYTES,
            ended -> {});
    serving.set(circuit);
    circuit.start();
    client.allRead.await();
    Listening.until("the circuit to end", client::isClosed);
  }

  @Test
  void shouldKeepNoChannelThatWasMadeWhileTheConnectionEnded() throws Exception {
    // Given
    Client client = new Client(channelAndSubscription());
    // When
    serve(client, Circuit::close);
    // Then
    assertThat(counters.subscriptions.sum()).isZero();
  }

  @Test
  void shouldKeepNoSubscriptionOfAChannelThatEnded() throws Exception {
    // Given
    Circuit circuit = new Circuit(new Client(new byte[0]), name -> Optional.of(pv), 0, gone -> {});
    ServedChannel channel = new ServedChannel(pv, false, 7, 1, circuit);
    CircuitOutput output = new CircuitOutput(OutputStream.nullOutputStream());
    channel.end();
    // When
    channel.subscribe(
        new ServedMonitor(channel, 9, CaWire.DOUBLE, 1, CaWire.EVENT_ON_VALUE, output));
    // Then
    assertThat(counters.subscriptions.sum()).isZero();
  }
}
