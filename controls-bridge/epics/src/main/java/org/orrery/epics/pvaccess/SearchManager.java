package org.orrery.epics.pvaccess;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.epics.pvaccess.PVAConstants;
import org.epics.pvaccess.client.impl.remote.search.ChannelSearchManager;
import org.epics.pvaccess.client.impl.remote.search.SearchInstance;
import org.epics.pvaccess.impl.remote.ProtocolType;
import org.epics.pvaccess.impl.remote.udp.BlockingUDPTransport;
import org.epics.pvaccess.impl.remote.utils.GUID;
import org.epics.pvaccess.util.InetAddressUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Searches for PVs that are not connected, in batches over UDP, with a back-off up to a bound.
 * Thread-safe.
 *
 * <p>It stands in for the library's own search, which makes each new channel wait for a sleeping
 * thread (2,000 channels took seconds), ends that thread for good on a spurious wake-up, and
 * connects to servers on the socket's receive thread, so that one silent server holds up the search
 * for all others.
 */
final class SearchManager implements ChannelSearchManager {
  private static final Logger LOG = LoggerFactory.getLogger(SearchManager.class);
  private static final long TICK_MS = 10;
  private static final long FIRST_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Pause after a server answered a search and then did not serve the PV. */
  private static final long PENALTY_NS = TimeUnit.SECONDS.toNanos(1);

  /**
   * Datagrams per tick: 8 × 1.4 kB each 10 ms stays below what a server's default socket buffer
   * holds.
   */
  private static final int FRAMES_PER_TICK = 8;

  private static final int MOST_NAMES_PER_FRAME = 100;
  private static final byte SEARCH_COMMAND = 3;
  private static final byte BIG_ENDIAN_MESSAGE = (byte) 0x80;
  private static final byte NO_REPLY_WHEN_UNKNOWN = 0;

  private static final class Wanted {
    private final SearchInstance channel;
    private long dueNs;
    private long intervalNs = FIRST_INTERVAL_NS;

    Wanted(SearchInstance channel, long dueNs) {
      this.channel = channel;
      this.dueNs = dueNs;
    }
  }

  private final ClientContext context;
  private final List<InetSocketAddress> servers;
  private final long longestIntervalNs;
  private final Map<Integer, Wanted> wanted = new HashMap<>();
  private final ScheduledExecutorService ticker =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("orrery-pva-search").factory());
  private final ByteBuffer frame = ByteBuffer.allocate(PVAConstants.MAX_UDP_UNFRAGMENTED_SEND);
  private int sequence;

  SearchManager(ClientContext context, List<InetSocketAddress> servers, long longestIntervalNs) {
    this.context = context;
    this.servers = List.copyOf(servers);
    this.longestIntervalNs = Math.max(longestIntervalNs, FIRST_INTERVAL_NS);
  }

  void start() {
    var unused = ticker.scheduleWithFixedDelay(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized int registeredCount() {
    return wanted.size();
  }

  @Override
  public void register(SearchInstance channel) {
    register(channel, false);
  }

  @Override
  public synchronized void register(SearchInstance channel, boolean penalize) {
    long delayNs = penalize ? PENALTY_NS : 0;
    wanted.put(channel.getChannelID(), new Wanted(channel, System.nanoTime() + delayNs));
  }

  @Override
  public synchronized void unregister(SearchInstance channel) {
    wanted.remove(channel.getChannelID());
  }

  @Override
  public synchronized void newServerDetected() {
    long nowNs = System.nanoTime();
    for (Wanted each : wanted.values()) {
      each.dueNs = nowNs;
      each.intervalNs = FIRST_INTERVAL_NS;
    }
  }

  @Override
  public void cancel() {
    ticker.shutdownNow();
  }

  @Override
  public void searchResponse(
      GUID server, int channelId, int sequenceNo, byte revision, InetSocketAddress address) {
    if (!context.mayConnectTo(address)) {
      return;
    }
    Wanted found;
    synchronized (this) {
      found = wanted.remove(channelId);
    }
    if (found == null) {
      return;
    }
    Runnable connect = () -> connect(found, server, revision, address);
    if (context.isConnectedTo(address)) {
      connect.run();
    } else {
      Thread.ofVirtual().start(connect);
    }
  }

  /** An exception that left this method would leave the channel neither connected nor searched. */
  private void connect(Wanted found, GUID server, byte revision, InetSocketAddress address) {
    try {
      found.channel.searchResponse(server, revision, address);
    } catch (RuntimeException bug) {
      LOG.error(
          "{} could not be connected and is searched again", found.channel.getChannelName(), bug);
      synchronized (this) {
        wanted.putIfAbsent(found.channel.getChannelID(), found);
      }
    }
  }

  /** An exception that left this method would end the search for good. */
  private void tick() {
    try {
      List<SearchInstance> due = takeDue();
      for (int i = 0; i < due.size(); ) {
        i = sendFrame(due, i);
      }
    } catch (RuntimeException bug) {
      LOG.error("a search could not be sent", bug);
    }
  }

  /** The channels to ask for now, at most as many as a tick may send. */
  private synchronized List<SearchInstance> takeDue() {
    long nowNs = System.nanoTime();
    List<SearchInstance> due = new ArrayList<>();
    for (Wanted each : wanted.values()) {
      if (each.dueNs - nowNs <= 0) {
        each.dueNs = nowNs + each.intervalNs;
        each.intervalNs = Math.min(2 * each.intervalNs, longestIntervalNs);
        due.add(each.channel);
        if (due.size() == FRAMES_PER_TICK * MOST_NAMES_PER_FRAME / 2) {
          break;
        }
      }
    }
    return due;
  }

  /**
   * Sends one datagram with as many of the channels as it holds; returns the index of the next one.
   */
  private int sendFrame(List<SearchInstance> due, int from) {
    BlockingUDPTransport socket = context.getSearchTransport();
    frame.clear();
    frame.put(PVAConstants.PVA_MAGIC);
    frame.put(PVAConstants.PVA_VERSION);
    frame.put(BIG_ENDIAN_MESSAGE);
    frame.put(SEARCH_COMMAND);
    frame.putInt(0);
    frame.putInt(++sequence);
    frame.put(NO_REPLY_WHEN_UNKNOWN);
    frame.put((byte) 0);
    frame.putShort((short) 0);
    InetAddressUtil.encodeAsIPv6Address(frame, socket.getRemoteAddress().getAddress());
    frame.putShort((short) socket.getRemoteAddress().getPort());
    frame.put((byte) 1);
    putText(ProtocolType.tcp.name());
    int countPosition = frame.position();
    frame.putShort((short) 0);
    int next = from;
    while (next < due.size() && next - from < MOST_NAMES_PER_FRAME) {
      byte[] name = due.get(next).getChannelName().getBytes(StandardCharsets.UTF_8);
      if (frame.remaining() < name.length + 9) {
        break;
      }
      frame.putInt(due.get(next).getChannelID());
      putSize(name.length);
      frame.put(name);
      next++;
    }
    frame.putShort(countPosition, (short) (next - from));
    frame.putInt(4, frame.position() - PVAConstants.PVA_MESSAGE_HEADER_SIZE);
    int length = frame.position();
    for (InetSocketAddress server : servers) {
      frame.limit(frame.capacity()).position(length);
      socket.send(frame, server);
    }
    return Math.max(next, from + 1);
  }

  private void putText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    putSize(bytes.length);
    frame.put(bytes);
  }

  /** A size in the protocol's variable-length form. */
  private void putSize(int size) {
    if (size < 254) {
      frame.put((byte) size);
    } else {
      frame.put((byte) 0xFE).putInt(size);
    }
  }
}
