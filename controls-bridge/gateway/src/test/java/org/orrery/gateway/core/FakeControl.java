package org.orrery.gateway.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;

/** A control system whose devices answer as the test says. */
final class FakeControl implements ControlSystem {
  /** What the next put meets. */
  enum Mood {
    /** Takes and answers. */
    TAKES,
    /** Takes and never answers. */
    TAKES_SILENTLY,
    /** Loses it and never answers. */
    LOSES,
    /** Says no before anything has left. */
    REJECTS,
    /** Says no after the value has left, and keeps what it had. */
    REJECTS_AFTER,
    /** Takes it, and then says no. */
    TAKES_AND_REJECTS,
    /** Takes it, shows what it had before, and then says that it took it. */
    TAKES_AND_FALLS_BACK,
    /** Says that it took it and does not. */
    LIES,
    /** Takes and answers, after two seconds of asking for the structure. */
    PREPARES_LONG,
    /** Never sends. */
    NEVER_SENDS
  }

  /** A put that reached the port. */
  record Put(String address, Value value) {}

  private final VirtualTime time;
  private final Map<String, Channel> channels = new LinkedHashMap<>();
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final Map<String, Listener> listeners = new LinkedHashMap<>();
  final Map<String, String> egus = new LinkedHashMap<>();

  /** When the source took its newest reading, plant ns; now for an address that is not in here. */
  final Map<String, Long> takenNs = new LinkedHashMap<>();

  final List<Put> puts = new ArrayList<>();
  final Deque<Mood> moods = new ArrayDeque<>();

  /** Addresses whose server hangs: it is connected and answers nothing. */
  final Set<String> hanging = new HashSet<>();

  Runnable beforePut = () -> {};
  Runnable onWithheld = () -> {};
  boolean connected;

  FakeControl(VirtualTime time, Facility facility) {
    this.time = time;
    facility.channels().values().forEach(channel -> channels.put(channel.pv(), channel));
  }

  static Description description(Channel channel) {
    return new Description(channel.kind(), channel.egu(), channel.choices());
  }

  /** What a device shows; tells the subscriber. */
  void show(String address, Value value) {
    values.put(address, value);
    if (connected) {
      tell(address);
    }
  }

  /** What a device shows now. */
  Value shown(String address) {
    return values.get(address);
  }

  /** What a device shows without telling the subscriber. */
  void silently(String address, Value value) {
    values.put(address, value);
  }

  /** An update that says that others were lost before it. */
  void tellLoss(String address, Value value, long lost) {
    listeners.get(address).onUpdate(new Update(value, Severity.NONE, "", time.nowNs(), lost));
  }

  void connect() {
    connected = true;
    listeners.forEach(
        (address, listener) -> listener.onConnected(description(channels.get(address))));
    values.keySet().forEach(this::tell);
  }

  /** A device says something else about itself. */
  void describe(String address, Description description) {
    listeners.get(address).onDescriptionChanged(description);
  }

  void disconnect() {
    connected = false;
    listeners.values().forEach(Listener::onDisconnected);
  }

  void refuse(String address, String why) {
    listeners.get(address).onRefused(why);
  }

  void tell(String address) {
    Listener listener = listeners.get(address);
    if (listener != null) {
      listener.onUpdate(update(address));
    }
  }

  private Description describe(String address) {
    Description said = description(channels.get(address));
    return new Description(said.kind(), egus.getOrDefault(address, said.egu()), said.choices());
  }

  private Update update(String address) {
    return new Update(
        values.get(address), Severity.NONE, "", takenNs.getOrDefault(address, time.nowNs()), 0);
  }

  @Override
  public Link subscribe(String address, Listener listener) {
    listeners.put(address, listener);
    return () -> listeners.remove(address);
  }

  @Override
  public void put(
      String address,
      Value value,
      long timeoutNs,
      BooleanSupplier maySend,
      Consumer<PutReply> done) {
    beforePut.run();
    puts.add(new Put(address, value));
    Mood mood = moods.isEmpty() ? Mood.TAKES : moods.poll();
    if (!connected && mood != Mood.NEVER_SENDS) {
      mood = Mood.LOSES;
    }
    switch (mood) {
      case TAKES -> {
        show(address, value);
        time.after(1_000_000, () -> done.accept(new PutReply.Completed()));
      }
      case TAKES_SILENTLY -> {
        show(address, value);
        time.after(timeoutNs, () -> done.accept(new PutReply.NoAnswer("no answer", true)));
      }
      case LOSES ->
          time.after(timeoutNs, () -> done.accept(new PutReply.NoAnswer("connection lost", true)));
      case REJECTS -> time.after(1, () -> done.accept(new PutReply.Rejected("not now", false)));
      case REJECTS_AFTER ->
          time.after(1, () -> done.accept(new PutReply.Rejected("not now", true)));
      case TAKES_AND_REJECTS -> {
        show(address, value);
        time.after(1_000_000, () -> done.accept(new PutReply.Rejected("not now", true)));
      }
      case TAKES_AND_FALLS_BACK -> {
        Value before = values.get(address);
        show(address, value);
        show(address, before);
        time.after(1_000_000, () -> done.accept(new PutReply.Completed()));
      }
      case LIES -> time.after(1, () -> done.accept(new PutReply.Completed()));
      case PREPARES_LONG ->
          time.after(
              2 * TestPlant.SECOND,
              () -> {
                if (maySend.getAsBoolean()) {
                  show(address, value);
                  done.accept(new PutReply.Completed());
                } else {
                  onWithheld.run();
                  done.accept(new PutReply.Withheld());
                }
              });
      case NEVER_SENDS ->
          time.after(1, () -> done.accept(new PutReply.NoAnswer("not connected", false)));
    }
  }

  @Override
  public void get(String address, long timeoutNs, Consumer<GetReply> done) {
    if (connected && values.containsKey(address) && !hanging.contains(address)) {
      time.after(
          1_000_000, () -> done.accept(new GetReply.Got(describe(address), update(address))));
    } else {
      time.after(timeoutNs, () -> done.accept(new GetReply.Failed("nobody serves " + address)));
    }
  }
}
