package org.orrery.simulator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.orrery.simulator.fault.Arguments;
import org.orrery.simulator.fault.Effect.Trouble;
import org.orrery.simulator.fault.Fault;
import org.orrery.simulator.fault.FaultCatalogue;
import org.orrery.simulator.fault.FaultFile;
import org.orrery.simulator.plant.Knob;
import org.orrery.simulator.plant.Plant;
import org.orrery.simulator.plant.SimRandom;
import org.orrery.simulator.plant.StateBytes;
import org.orrery.simulator.plant.StateCodec;

/**
 * A simulated detector, stepped by its caller. Not thread-safe: one caller at a time.
 *
 * <p>Time is plant time in nanoseconds since the epoch. Everything random comes from the seed, so
 * that the same seed and the same calls give the same bytes, however the caller slices its steps.
 */
public final class DetectorSimulator {
  private static final long STATE_VERSION = 4;
  private static final int MONITOR_PHASE_TICKS = 1_200;

  private final SimulatorConfig config;
  private final Plant plant;
  private final LocalSwitches switches = new LocalSwitches();
  private final DetectorDesk desk;
  private final List<Point> points;
  private final List<SimulatedChannel> channels;
  private final List<Point> watched;
  private final List<Group> groups;
  private final FaultBoard faults;
  private final SimRandom sensorRandom;
  private final List<Reading> pending = new ArrayList<>();
  private long startNs;
  private long tick;
  private long steppedToNs;

  /** Points that are read out together. */
  private record Group(int cadenceTicks, int phaseTicks, List<Point> points) {
    boolean isDue(long tick) {
      return tick >= phaseTicks && (tick - phaseTicks) % cadenceTicks == 0;
    }
  }

  /**
   * Builds a healthy detector in its steady state.
   *
   * @param config which detector
   * @param startPlantTimeNs plant time of its birth, nanoseconds since the epoch
   */
  public DetectorSimulator(SimulatorConfig config, long startPlantTimeNs) {
    this.config = config;
    this.startNs = startPlantTimeNs;
    this.steppedToNs = startPlantTimeNs;
    this.plant = new Plant(config.detector(), config.seed());
    this.desk = new DetectorDesk(plant, switches, config.detector().scale(), config.seed());
    this.points = desk.points();
    this.faults = new FaultBoard(plant, desk);
    this.channels = points.stream().map(point -> point.info).toList();
    this.watched = points.stream().filter(point -> point.onChange).toList();
    this.groups = group(points);
    this.sensorRandom = new SimRandom(config.seed(), 4);
    for (Point point : points) {
      point.sample(startNs, sensorRandom);
    }
  }

  private static List<Group> group(List<Point> points) {
    TreeMap<Long, Group> groups = new TreeMap<>();
    for (Point point : points) {
      long key = point.cadenceTicks * 1_000_000L + point.phaseTicks;
      groups
          .computeIfAbsent(
              key, k -> new Group(point.cadenceTicks, point.phaseTicks, new ArrayList<>()))
          .points()
          .add(point);
    }
    return List.copyOf(groups.values());
  }

  /** Returns the configuration. */
  public SimulatorConfig config() {
    return config;
  }

  /** Returns all channels, in a stable order. */
  public List<SimulatedChannel> channels() {
    return channels;
  }

  /** Returns the channel of that id. */
  public Optional<SimulatedChannel> channel(String channelId) {
    return Optional.ofNullable(desk.find(channelId)).map(point -> point.info);
  }

  /** Returns what faults may move. */
  public Collection<Knob> knobs() {
    return plant.knobs().all();
  }

  /** Returns the plant time up to which the detector has been stepped. */
  public long timeNs() {
    return steppedToNs;
  }

  /**
   * Lets the detector live until {@code toPlantTimeNs} and returns the readings due in between, in
   * order of time. A time in the past changes nothing and returns what is pending.
   */
  public List<Reading> step(long toPlantTimeNs) {
    advanceTo(toPlantTimeNs);
    List<Reading> due = List.copyOf(pending);
    pending.clear();
    return due;
  }

  private void advanceTo(long toPlantTimeNs) {
    long lastTick = Math.floorDiv(toPlantTimeNs - startNs, Plant.TICK_NS);
    while (true) {
      long next = nextTick();
      if (next > lastTick) {
        break;
      }
      tick = next;
      live();
    }
    tick = Math.max(tick, lastTick);
    steppedToNs = Math.max(steppedToNs, toPlantTimeNs);
  }

  private long nextTick() {
    long next = (tick / Plant.FAST_TICKS + 1) * Plant.FAST_TICKS;
    return Math.min(next, (tick / Plant.PROCESS_TICKS + 1) * Plant.PROCESS_TICKS);
  }

  private void live() {
    long nowNs = startNs + tick * Plant.TICK_NS;
    faults.act(nowNs, this::atTheRack);
    plant.advance(tick);
    for (int i = 0; i < 4; i++) {
      long since = tick - (long) i * MONITOR_PHASE_TICKS;
      if (since >= 0 && since % Plant.PURITY_MONITOR_TICKS == 0) {
        plant.measurePurity(i);
      }
    }
    for (Group group : groups) {
      if (group.isDue(tick)) {
        for (Point point : group.points()) {
          emit(point, nowNs);
        }
      }
    }
    if (tick % Plant.PROCESS_TICKS != 0) {
      return;
    }
    for (Point point : watched) {
      if (point.changed(nowNs) && point.shownNs() != nowNs) {
        emit(point, nowNs);
      }
    }
  }

  private void emit(Point point, long nowNs) {
    point.sample(nowNs, sensorRandom);
    pending.add(point.reading(nowNs));
  }

  /** Returns the latest reading of every channel, in the order of {@link #channels()}. */
  public List<Reading> snapshot() {
    return points.stream().map(point -> point.reading(point.shownNs())).toList();
  }

  /**
   * Writes to a device at {@code timeNs}. The reading that shows the new set value comes with the
   * next {@link #step}.
   *
   * @return whether the device took the value; a refusal changes nothing
   */
  public PutResult put(String channelId, SimValue value, long timeNs) {
    advanceTo(timeNs);
    return putNow(channelId, value, Math.max(timeNs, timeNs()));
  }

  private PutResult putNow(String channelId, SimValue value, long nowNs) {
    Point point = desk.find(channelId);
    if (point == null) {
      return new PutResult.Refused("no such channel: " + channelId);
    }
    Point.PutAction action = point.putAction;
    if (action == null) {
      return new PutResult.Refused(channelId + ": read-only");
    }
    double number = point.numberOf(value);
    if (Double.isNaN(number)) {
      return new PutResult.Refused(channelId + ": a value of the wrong kind");
    }
    WriteRange range = point.info.writable().orElse(new WriteRange(0, 0));
    if (!range.contains(number)) {
      return new PutResult.Refused(
          "%s: %s is outside %s to %s".formatted(channelId, number, range.min(), range.max()));
    }
    Trouble trouble = faults.trouble(point, nowNs).orElse(null);
    if (trouble == Trouble.REFUSES) {
      return new PutResult.Refused(channelId + ": the device does not answer");
    }
    String refusal = trouble == Trouble.IGNORES ? null : action.put(number);
    if (refusal != null) {
      return new PutResult.Refused(refusal);
    }
    faults.noticePut(channelId, number, nowNs);
    point.take(number, nowNs);
    pending.add(point.reading(nowNs));
    return new PutResult.Accepted();
  }

  /** Somebody at the rack sets a value, whatever the key says. */
  PutResult byHand(String channelId, double value) {
    boolean[] was = switches.remember();
    switches.allRemote();
    PutResult result = putNow(channelId, SimValue.of(value), timeNs());
    switches.recall(was);
    return result;
  }

  private void atTheRack(String channelId, double value) {
    var unusedAnswer = byHand(channelId, value);
  }

  /**
   * Starts a fault now; one that is already active (same code, same target) is replaced.
   *
   * @param source a line as for {@link #command}, or a fault file ({@link FaultFile})
   * @return the fault
   * @throws IllegalArgumentException if something makes no sense, saying what
   */
  public Fault startFault(String source) {
    Fault fault = read(source, timeNs());
    faults.start(fault, source, timeNs());
    return fault;
  }

  /** Understands the source of a fault; chance is decided by the seed and the onset. */
  private Fault read(String source, long onsetNs) {
    if (FaultFile.isOne(source)) {
      return FaultFile.read(source);
    }
    if (!(ControlLine.parse(source) instanceof ControlLine.Start(String code, var arguments))) {
      throw new IllegalArgumentException("not a fault: " + source);
    }
    long chance = new SimRandom(config.seed(), onsetNs).bits();
    return FaultCatalogue.build(code, Arguments.of(arguments, chance));
  }

  /**
   * Ends active faults now.
   *
   * @param code the code
   * @param target only the one of that target, if present
   * @return whether there was one
   */
  public boolean clearFault(String code, Optional<String> target) {
    return !faults.clear(code, target).isEmpty();
  }

  /** Ends all faults now. */
  public void clearFaults() {
    faults.clearAll();
  }

  /**
   * Carries out one line of the simulator's own control: {@code F5 start}, {@code F5 start
   * severity=0.5 ramp=600}, {@code F21 start channel=cryo.rtd.t07 bias=0.8} (or stuck=, stuck,
   * drift=0.1/h, noise=, dead), {@code F5 clear}, {@code clear all}, {@code list}, {@code key
   * purif.pump-a.remote LOCAL}, {@code hand purif.pump-a.enable 0}; or starts the fault that a
   * fault file describes.
   */
  public CommandReply command(String line) {
    return new ControlDesk(this, switches).carryOut(ControlLine.parse(line));
  }

  /** Returns the faults that are going on. */
  public List<ActiveFault> truth() {
    return faults.truth();
  }

  /** Returns the whole state, including the random state, as bytes with a check sum. */
  public byte[] save() {
    StateBytes.Writer writer = new StateBytes.Writer();
    exchange(writer);
    return writer.toCheckedBytes();
  }

  /**
   * Replaces the whole state by one that {@link #save} gave for the same configuration.
   *
   * @throws IllegalArgumentException if the bytes are damaged or come from another version or
   *     configuration; the state is then as before
   */
  public void restore(byte[] state) {
    byte[] before = save();
    try {
      exchange(StateBytes.Reader.checked(state));
    } catch (RuntimeException e) {
      exchange(StateBytes.Reader.checked(before));
      throw new IllegalArgumentException("state not usable: " + e.getMessage(), e);
    }
  }

  private void exchange(StateCodec codec) {
    same("version", STATE_VERSION, codec.ofLong(STATE_VERSION));
    same("seed", config.seed(), codec.ofLong(config.seed()));
    long hash = config.detector().toString().hashCode();
    same("detector", hash, codec.ofLong(hash));
    same("channels", points.size(), codec.ofLong(points.size()));
    startNs = codec.ofLong(startNs);
    tick = codec.ofLong(tick);
    steppedToNs = codec.ofLong(steppedToNs);
    plant.exchange(codec);
    sensorRandom.exchange(codec);
    switches.exchange(codec);
    faults.exchange(codec, this::read);
    for (Point point : points) {
      point.exchange(codec);
    }
    PendingReadings.exchange(codec, pending);
  }

  private static void same(String what, long mine, long theirs) {
    if (mine != theirs) {
      throw new IllegalArgumentException("state of another " + what + ": " + theirs);
    }
  }
}
