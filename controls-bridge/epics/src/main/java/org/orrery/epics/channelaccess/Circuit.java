package org.orrery.epics.channelaccess;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.orrery.contract.value.Value;
import org.orrery.epics.server.PutDecision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's connection, server side: a thread that reads its requests and one that writes.
 * Thread-safe.
 */
final class Circuit {
  private static final Logger LOG = LoggerFactory.getLogger(Circuit.class);
  private static final String LONG_TEXT = "$";

  /** Bytes in a subscription request before the mask of its events. */
  private static final int MASK_OFFSET = 12;

  private final Socket socket;
  private final Function<String, Optional<CaServedPv>> pvs;
  private final int maxMessageBytes;
  private final Consumer<Circuit> onClose;
  private final CircuitOutput output;
  private final Map<Integer, ServedChannel> channels = new ConcurrentHashMap<>();
  private final AtomicInteger lastServerId = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();

  Circuit(
      Socket socket,
      Function<String, Optional<CaServedPv>> pvs,
      int maxMessageBytes,
      Consumer<Circuit> onClose)
      throws IOException {
    this.socket = socket;
    this.pvs = pvs;
    this.maxMessageBytes = maxMessageBytes;
    this.onClose = onClose;
    this.output = new CircuitOutput(socket.getOutputStream());
  }

  /** The PV that a client means by a name, which ends with a dollar sign for a whole text. */
  static Optional<CaServedPv> find(Function<String, Optional<CaServedPv>> pvs, String name) {
    Optional<CaServedPv> pv = pvs.apply(name);
    if (pv.isPresent() || !name.endsWith(LONG_TEXT)) {
      return pv;
    }
    return pvs.apply(name.substring(0, name.length() - 1)).filter(CaServedPv::isText);
  }

  void start() {
    Thread.ofVirtual().name("orrery-ca-write").start(() -> untilItEnds(output::writeAll));
    Thread.ofVirtual().name("orrery-ca-read").start(() -> untilItEnds(this::readAll));
  }

  private interface Loop {
    void run() throws IOException, InterruptedException;
  }

  private void untilItEnds(Loop loop) {
    try {
      loop.run();
    } catch (IOException gone) {
      LOG.debug("CA client {}: {}", socket.getRemoteSocketAddress(), gone.toString());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException bug) {
      LOG.error("CA client {} is dropped", socket.getRemoteSocketAddress(), bug);
    } finally {
      close();
    }
  }

  private void readAll() throws IOException, InterruptedException {
    output.answer(CaMessage.bare(CaWire.VERSION, 0, CaWire.MINOR_VERSION, 0, 0));
    DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    while (true) {
      handle(CaMessage.read(in, maxMessageBytes));
      output.awaitRoom();
    }
  }

  private void handle(CaMessage message) {
    switch (message.command()) {
      case CaWire.VERSION, CaWire.CLIENT_NAME, CaWire.HOST_NAME -> {}
      case CaWire.ECHO -> output.answer(message);
      case CaWire.EVENTS_OFF -> output.setEventsOff(true);
      case CaWire.EVENTS_ON -> output.setEventsOff(false);
      case CaWire.CREATE_CHANNEL -> create(message);
      default -> request(message);
    }
  }

  private void create(CaMessage message) {
    int clientId = message.first();
    String name = message.text();
    Optional<CaServedPv> pv = find(pvs, name);
    if (pv.isEmpty()) {
      output.answer(CaMessage.bare(CaWire.CREATE_CHANNEL_FAILED, 0, 0, clientId, 0));
      return;
    }
    boolean longText = pv.get().isText() && !name.equals(pv.get().definition().name());
    ServedChannel channel =
        new ServedChannel(pv.get(), longText, clientId, lastServerId.incrementAndGet(), this);
    channels.put(channel.serverId(), channel);
    pv.get().add(channel);
    if (closed.get()) {
      channels.remove(channel.serverId());
      channel.end(); // whoever closed may have looked before it was there
      return;
    }
    int rights =
        CaWire.MAY_READ | (pv.get().definition().puts().isPresent() ? CaWire.MAY_WRITE : 0);
    output.answer(CaMessage.bare(CaWire.ACCESS_RIGHTS, 0, 0, clientId, rights));
    output.answer(
        CaMessage.bare(
            CaWire.CREATE_CHANNEL,
            channel.nativeType(),
            channel.count(),
            clientId,
            channel.serverId()));
  }

  private void request(CaMessage message) {
    ServedChannel channel = channels.get(message.first());
    if (channel == null) {
      error(message, CaWire.BAD_CHANNEL, 0, "no such channel, or it has ended");
      return;
    }
    switch (message.command()) {
      case CaWire.EVENT_ADD -> subscribe(channel, message);
      case CaWire.EVENT_CANCEL -> {
        channel.unsubscribe(message.second());
        output.answer(
            CaMessage.bare(CaWire.EVENT_ADD, message.type(), 0, message.first(), message.second()));
      }
      case CaWire.READ_NOTIFY -> read(channel, message);
      case CaWire.WRITE, CaWire.WRITE_NOTIFY -> write(channel, message);
      case CaWire.CLEAR_CHANNEL -> {
        end(channel);
        output.answer(
            CaMessage.bare(CaWire.CLEAR_CHANNEL, 0, 0, message.first(), message.second()));
      }
      default -> error(message, CaWire.BAD_TYPE, channel.clientId(), "no such request");
    }
  }

  private void subscribe(ServedChannel channel, CaMessage message) {
    if (!isAnswerable(message) || message.payload().remaining() < MASK_OFFSET + 2) {
      error(message, CaWire.BAD_TYPE, channel.clientId(), "not a subscription");
      return;
    }
    int mask = message.payload().getShort(message.payload().position() + MASK_OFFSET);
    channel.subscribe(
        new ServedMonitor(
            channel, message.second(), message.type(), message.count(), mask, output));
  }

  /** Whether the type exists and so many elements of it make a message that may be sent. */
  private boolean isAnswerable(CaMessage message) {
    return message.type() <= CaWire.LAST_TYPE
        && CaWire.bytes(message.type(), message.count()) <= maxMessageBytes;
  }

  private void read(ServedChannel channel, CaMessage message) {
    Optional<DbrWriter.Payload> written =
        !isAnswerable(message)
            ? Optional.empty()
            : DbrWriter.write(
                channel.pv().definition().metadata(),
                channel.pv().state(),
                channel.longText(),
                message.type(),
                message.count());
    output.answer(
        written
            .map(
                value ->
                    new CaMessage(
                        CaWire.READ_NOTIFY,
                        message.type(),
                        value.count(),
                        CaWire.NORMAL,
                        message.second(),
                        value.bytes()))
            .orElseGet(
                () ->
                    CaMessage.bare(
                        CaWire.READ_NOTIFY,
                        message.type(),
                        0,
                        CaWire.NO_CONVERSION,
                        message.second())));
  }

  private void write(ServedChannel channel, CaMessage message) {
    Value value;
    try {
      value = PutReader.read(channel.pv().definition().metadata(), message);
    } catch (PutReader.Unreadable unreadable) {
      written(channel, message, unreadable.status(), "the value does not fit the PV");
      return;
    }
    channel
        .pv()
        .decide(value)
        .thenAccept(
            decision -> {
              switch (decision) {
                case PutDecision.Accepted yes -> written(channel, message, CaWire.NORMAL, "");
                case PutDecision.Refused no -> {
                  boolean readOnly = channel.pv().definition().puts().isEmpty();
                  written(
                      channel,
                      message,
                      readOnly ? CaWire.NO_WRITE_ACCESS : CaWire.PUT_FAILED,
                      no.message());
                }
              }
            });
  }

  /** A plain write is answered only when it failed. */
  private void written(ServedChannel channel, CaMessage message, int status, String words) {
    if (message.command() == CaWire.WRITE_NOTIFY) {
      output.answer(
          CaMessage.bare(
              CaWire.WRITE_NOTIFY, message.type(), message.count(), status, message.second()));
    } else if (status != CaWire.NORMAL) {
      error(message, status, channel.clientId(), words);
    }
  }

  private void error(CaMessage about, int status, int clientId, String words) {
    byte[] text = words.getBytes(StandardCharsets.UTF_8);
    ByteBuffer payload = ByteBuffer.allocate(CaWire.HEADER_BYTES + text.length + 1);
    payload.putShort((short) about.command()).putShort((short) 0);
    payload.putShort((short) about.type()).putShort((short) Math.min(about.count(), 0xFFFF));
    payload.putInt(about.first()).putInt(about.second()).put(text).put((byte) 0);
    output.answer(new CaMessage(CaWire.ERROR, 0, 0, clientId, status, payload.flip()));
  }

  /** Tells the client that a channel is gone. */
  void sendAway(ServedChannel channel) {
    if (end(channel)) {
      output.answer(CaMessage.bare(CaWire.SERVER_DISCONNECT, 0, 0, channel.clientId(), 0));
    }
  }

  private boolean end(ServedChannel channel) {
    boolean there = channels.remove(channel.serverId(), channel);
    if (there) {
      channel.end();
    }
    return there;
  }

  void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    onClose.accept(this);
    output.close();
    try {
      socket.close();
    } catch (IOException gone) {
      LOG.debug("closing a CA client: {}", gone.getMessage());
    }
    List.copyOf(channels.values()).forEach(this::end);
  }
}
