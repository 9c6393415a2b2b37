package org.orrery.gateway;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.value.Value;
import org.orrery.epics.HostPort;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.Range;
import org.orrery.epics.server.PutDecision;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvServerSettings;
import org.orrery.epics.server.PvServers;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;

/** A device server whose set points outlive it, and which counts the writes that reached it. */
final class PumpServer implements AutoCloseable {
  /** What the device does with a put. */
  enum Mood {
    TAKES,
    /** Takes the value and dies before it answers. */
    TAKES_AND_HANGS,
    /** Dies before it takes the value. */
    HANGS
  }

  private final Facility facility;
  private final Map<ChannelId, String> units = new ConcurrentHashMap<>();
  private final Map<ChannelId, Value> setPoints = new ConcurrentHashMap<>();
  private final Map<ChannelId, ServedPv> served = new ConcurrentHashMap<>();
  final List<Value> writes = new CopyOnWriteArrayList<>();
  volatile Mood mood = Mood.TAKES;
  private PvServer server;
  private final HostPort search;
  private final int serverPort;

  PumpServer(Facility facility, Map<ChannelId, Value> values) {
    this.facility = facility;
    setPoints.putAll(values);
    server = PvServers.start(PvServerSettings.loopback(0, 0));
    search = server.searchAddress();
    serverPort = server.serverAddress().port();
    serve();
  }

  HostPort search() {
    return search;
  }

  /** Where clients connect. */
  HostPort address() {
    return HostPort.loopback(serverPort);
  }

  /** Serves the channel in another unit from the next start on. */
  void misconfigure(ChannelId channel, String unit) {
    units.put(channel, unit);
  }

  /** Says something else about the channel, to whoever is connected. */
  void describe(Channel channel, String unit, Range control) {
    served.get(channel.id()).describe(metadata(channel, unit, control));
  }

  private static PvMetadata metadata(Channel channel, String unit, Range control) {
    return new PvMetadata(
        channel.kind(), unit, "", Range.NONE, control, Limits.NONE, channel.choices());
  }

  void show(ChannelId channel, Value value) {
    setPoints.put(channel, value);
    served.get(channel).post(PvState.normal(value, now()));
  }

  Value shows(ChannelId channel) {
    return setPoints.get(channel);
  }

  void kill() {
    server.close();
    served.clear();
  }

  void restart() {
    mood = Mood.TAKES;
    server = PvServers.start(PvServerSettings.loopback(serverPort, search.port()));
    serve();
  }

  private void serve() {
    for (Channel channel : facility.channels().values()) {
      PvMetadata metadata =
          metadata(channel, units.getOrDefault(channel.id(), channel.egu()), Range.NONE);
      PvDefinition definition =
          PvDefinition.writable(channel.pv(), metadata, value -> onPut(channel.id(), value));
      served.put(
          channel.id(),
          server.create(definition, PvState.normal(setPoints.get(channel.id()), now())));
    }
  }

  private CompletionStage<PutDecision> onPut(ChannelId channel, Value value) {
    writes.add(value);
    if (mood != Mood.HANGS) {
      show(channel, value);
    }
    return mood == Mood.TAKES
        ? CompletableFuture.completedStage(new PutDecision.Accepted())
        : new CompletableFuture<>();
  }

  private static long now() {
    return System.currentTimeMillis() * 1_000_000L;
  }

  @Override
  public void close() {
    server.close();
  }
}
