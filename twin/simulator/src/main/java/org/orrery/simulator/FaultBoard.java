package org.orrery.simulator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.orrery.simulator.fault.Effect;
import org.orrery.simulator.fault.Effect.Trouble;
import org.orrery.simulator.fault.Fault;
import org.orrery.simulator.fault.Fault.Ending;
import org.orrery.simulator.fault.FaultFile;
import org.orrery.simulator.fault.Profile;
import org.orrery.simulator.plant.Knob;
import org.orrery.simulator.plant.Plant;
import org.orrery.simulator.plant.StateCodec;

/** The faults that are going on, and what they do to the detector. Not thread-safe. */
final class FaultBoard {
  private static final double SECONDS_PER_NS = 1e-9;

  /** Time within which a fault that trips the high voltage has done so, s. */
  private static final double TRIPPED_WITHIN = 1.0;

  /** Sets a channel as somebody at the rack would. */
  interface Hand {
    void set(String channelId, double value);
  }

  /** Understands again what was started, when a saved state is read. */
  interface Reader {
    Fault read(String source, long onsetNs);
  }

  private final Plant plant;
  private final DetectorDesk desk;
  private final List<Entry> entries = new ArrayList<>();
  private final Set<Knob> pushed = new LinkedHashSet<>();

  /** One fault at work. */
  private static final class Entry {
    private final Fault fault;
    private final String source;
    private final long onsetNs;
    private final List<Push> pushes = new ArrayList<>();
    private final List<Lying> lies = new ArrayList<>();
    private final List<Foreign> foreigns = new ArrayList<>();
    private final List<Jam> jams = new ArrayList<>();
    private long repairedNs = Long.MAX_VALUE;

    Entry(Fault fault, String source, long onsetNs) {
      this.fault = fault;
      this.source = source;
      this.onsetNs = onsetNs;
    }
  }

  private record Push(Knob knob, Profile course) {}

  private record Lying(Point point, SensorLie lie) {}

  private record Jam(Point point, Trouble trouble, Profile course) {}

  private static final class Foreign {
    private final String channelId;
    private final Profile course;
    private boolean done;

    Foreign(String channelId, Profile course) {
      this.channelId = channelId;
      this.course = course;
    }
  }

  FaultBoard(Plant plant, DetectorDesk desk) {
    this.plant = plant;
    this.desk = desk;
  }

  /**
   * Starts a fault; an active one of the same code and target ends.
   *
   * @param source the text from which it was understood
   * @throws IllegalArgumentException if it names a knob or channel that does not exist
   */
  void start(Fault fault, String source, long nowNs) {
    Entry entry = resolve(fault, source, nowNs);
    for (Iterator<Entry> it = entries.iterator(); it.hasNext(); ) {
      Fault other = it.next().fault;
      if (other.code().equals(fault.code()) && other.target().equals(fault.target())) {
        it.remove();
      }
    }
    entries.add(entry);
    for (Lying lying : entry.lies) {
      lying.lie.freeze(lying.point.shown());
    }
    register();
  }

  /** Finds what a fault acts on; what is wrong with it is told all at once. */
  private Entry resolve(Fault fault, String source, long onsetNs) {
    Entry entry = new Entry(fault, source, onsetNs);
    List<String> problems = new ArrayList<>();
    for (Effect effect : fault.effects()) {
      switch (effect) {
        case Effect.OnKnob(String knobId, Profile course) ->
            plant
                .knobs()
                .find(knobId)
                .ifPresentOrElse(
                    knob -> entry.pushes.add(new Push(knob, course)),
                    () -> problems.add("no such knob: " + knobId + " ('knobs' lists them)"));
        case Effect.OnSensor(String channelId, Effect.Lie lie, Profile course) ->
            point(channelId, problems)
                .ifPresent(
                    point -> entry.lies.add(new Lying(point, new SensorLie(lie, course, onsetNs))));
        case Effect.OnActuator(String channelId, Trouble trouble, Profile course) ->
            writable(channelId, problems)
                .ifPresent(
                    point -> {
                      if (trouble == Trouble.FOREIGN) {
                        entry.foreigns.add(new Foreign(channelId, course));
                      } else {
                        entry.jams.add(new Jam(point, trouble, course));
                      }
                    });
      }
    }
    if (fault.ends() instanceof Ending.Repaired(String channelId, double value, double after)) {
      writable(channelId, problems)
          .filter(point -> !point.info.writable().orElseThrow().contains(value))
          .ifPresent(
              point ->
                  problems.add(
                      "%s never takes %s, so nothing repairs it".formatted(channelId, value)));
    }
    if (FaultFile.isOne(source)) {
      // Those of the catalogue name channels that a small detector may not have.
      fault.truth().signs().forEach(sign -> point(sign.channelId(), problems));
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return entry;
  }

  private Optional<Point> point(String channelId, List<String> problems) {
    Point point = desk.find(channelId);
    if (point == null) {
      problems.add("no such channel: " + channelId);
    }
    return Optional.ofNullable(point);
  }

  private Optional<Point> writable(String channelId, List<String> problems) {
    Optional<Point> point = point(channelId, problems);
    if (point.isPresent() && point.get().putAction == null) {
      problems.add(channelId + " cannot be written");
      return Optional.empty();
    }
    return point;
  }

  /** Tells the sensors what lies they tell now, and knobs that nobody pushes any more to rest. */
  private void register() {
    desk.points().forEach(Point::endLies);
    for (Entry entry : entries) {
      for (Lying lying : entry.lies) {
        lying.point.startLie(lying.lie);
      }
      for (Push push : entry.pushes) {
        pushed.add(push.knob);
      }
    }
  }

  /**
   * Ends faults; returns the ended.
   *
   * @param target only the one of that target, if present
   */
  List<Fault> clear(String code, Optional<String> target) {
    List<Fault> removed = new ArrayList<>();
    for (Iterator<Entry> it = entries.iterator(); it.hasNext(); ) {
      Fault fault = it.next().fault;
      if (fault.code().equals(code) && (target.isEmpty() || fault.target().equals(target.get()))) {
        removed.add(fault);
        it.remove();
      }
    }
    register();
    return removed;
  }

  /** Ends all faults. */
  void clearAll() {
    entries.clear();
    register();
  }

  /** Lets the faults act at {@code nowNs}, and drops those that are over. */
  void act(long nowNs, Hand hand) {
    if (entries.isEmpty() && pushed.isEmpty()) {
      return;
    }
    if (entries.removeIf(entry -> isOver(entry, nowNs))) {
      register();
    }
    plant.knobs().rest(pushed);
    if (entries.isEmpty()) {
      pushed.clear();
      return;
    }
    for (Entry entry : entries) {
      double seconds = (nowNs - entry.onsetNs) * SECONDS_PER_NS;
      for (Push push : entry.pushes) {
        push.knob.push(push.course.at(seconds));
      }
      for (Foreign foreign : entry.foreigns) {
        double value = foreign.course.at(seconds);
        if (!foreign.done && value != 0.0) {
          foreign.done = true;
          hand.set(foreign.channelId, value);
        }
      }
    }
  }

  private boolean isOver(Entry entry, long nowNs) {
    double seconds = (nowNs - entry.onsetNs) * SECONDS_PER_NS;
    return switch (entry.fault.ends()) {
      case Ending.Lasts() -> false;
      case Ending.After(double after) -> seconds >= after;
      case Ending.Quenched(double after) -> seconds >= after || plant.highVoltage().quenched();
      case Ending.HighVoltageReset() ->
          seconds > TRIPPED_WITHIN && hasActed(entry, seconds) && !plant.highVoltage().tripped();
      case Ending.Repaired ignored -> nowNs >= entry.repairedNs;
    };
  }

  /** Whether a course with a beginning later than the onset has begun. */
  private static boolean hasActed(Entry entry, double seconds) {
    return entry.pushes.stream()
        .allMatch(
            push ->
                !(push.course instanceof Profile.Delayed(Profile course, double bySeconds))
                    || seconds > bySeconds + TRIPPED_WITHIN);
  }

  /**
   * What is wrong with an actuator.
   *
   * @return empty when it does what it is told
   */
  Optional<Trouble> trouble(Point point, long nowNs) {
    for (Entry entry : entries) {
      double seconds = (nowNs - entry.onsetNs) * SECONDS_PER_NS;
      for (Jam jam : entry.jams) {
        if (jam.point == point && jam.course.at(seconds) != 0.0) {
          return Optional.of(jam.trouble);
        }
      }
    }
    return Optional.empty();
  }

  /** Takes notice of a value that a device took: it may be the repair of a fault. */
  void noticePut(String channelId, double value, long nowNs) {
    for (Entry entry : entries) {
      if (entry.fault.ends() instanceof Ending.Repaired(String channel, double wanted, double after)
          && channel.equals(channelId)
          && Math.abs(value - wanted) <= 1e-9
          && entry.repairedNs == Long.MAX_VALUE) {
        entry.repairedNs = nowNs + Math.round(after / SECONDS_PER_NS);
      }
    }
  }

  List<ActiveFault> truth() {
    return entries.stream().map(entry -> new ActiveFault(entry.fault, entry.onsetNs)).toList();
  }

  void exchange(StateCodec codec, Reader reader) {
    int count = codec.ofInt(entries.size());
    List<Entry> exchanged = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Entry mine = i < entries.size() ? entries.get(i) : null;
      String source = codec.ofText(mine == null ? "" : mine.source);
      long onsetNs = codec.ofLong(mine == null ? 0 : mine.onsetNs);
      boolean same = mine != null && mine.source.equals(source) && mine.onsetNs == onsetNs;
      Entry entry =
          mine != null && same ? mine : resolve(reader.read(source, onsetNs), source, onsetNs);
      entry.repairedNs = codec.ofLong(entry.repairedNs);
      for (Lying lying : entry.lies) {
        lying.lie.exchange(codec);
      }
      for (Foreign foreign : entry.foreigns) {
        foreign.done = codec.ofBoolean(foreign.done);
      }
      exchanged.add(entry);
    }
    entries.clear();
    entries.addAll(exchanged);
    register();
  }
}
