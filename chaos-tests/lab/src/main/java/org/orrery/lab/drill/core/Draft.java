package org.orrery.lab.drill.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.orrery.contract.drill.DrillDebrief.Point;
import org.orrery.contract.drill.DrillDebrief.Trace;
import org.orrery.contract.drill.DrillEntry;
import org.orrery.contract.drill.DrillEntry.Kind;
import org.orrery.contract.drill.DrillEntry.Verdict;
import org.orrery.contract.drill.DrillState.Phase;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.value.Value;

/** The working copy within one step; lists are copied on the first change. Not thread-safe. */
final class Draft {
  final long nowNs;
  final List<DrillOutput> outputs = new ArrayList<>();
  Phase phase;
  OptionalLong agreesSinceNs;
  OptionalLong startedNs;
  OptionalLong endedNs;
  OptionalLong onsetNs;
  int ordersGiven;
  int walksSent;
  List<DrillEntry> record;
  List<Progress.Walk> walks;
  Map<ChannelId, Value> readings;
  Recovery recovery;
  Exposure exposure;
  List<Trace> traces;
  private final Progress before;

  Draft(Progress before, long nowNs) {
    this.before = before;
    this.nowNs = nowNs;
    this.phase = before.phase();
    this.agreesSinceNs = before.agreesSinceNs();
    this.startedNs = before.startedNs();
    this.endedNs = before.endedNs();
    this.onsetNs = before.onsetNs();
    this.ordersGiven = before.ordersGiven();
    this.walksSent = before.walksSent();
    this.record = before.record();
    this.walks = before.walks();
    this.readings = before.readings();
    this.recovery = before.recovery();
    this.exposure = before.exposure();
    this.traces = before.traces();
  }

  long beganNs() {
    return before.beganNs();
  }

  void say(Kind kind, String subject, String text, String by) {
    List<DrillEntry> longer = new ArrayList<>(record);
    longer.add(new DrillEntry(nowNs, kind, subject, text, by, Verdict.NEUTRAL));
    record = List.copyOf(longer);
  }

  /** How many lines of a kind there are. */
  long said(Kind kind) {
    return record.stream().filter(entry -> entry.kind() == kind).count();
  }

  boolean said(Kind kind, String subject) {
    return record.stream().anyMatch(e -> e.kind() == kind && e.subject().equals(subject));
  }

  void read(ChannelId channel, Value value) {
    Map<ChannelId, Value> more = new HashMap<>(readings);
    more.put(channel, value);
    readings = Map.copyOf(more);
  }

  /** Adds a point where the last one is old enough. */
  void trace(ChannelId channel, double value, long everyNs) {
    List<Trace> all = new ArrayList<>(traces);
    for (int i = 0; i < all.size(); i++) {
      Trace trace = all.get(i);
      List<Point> points = trace.points();
      if (trace.channel().equals(channel)
          && (points.isEmpty() || nowNs - points.getLast().atNs() >= everyNs)) {
        List<Point> longer = new ArrayList<>(points);
        longer.add(new Point(nowNs, value));
        all.set(i, new Trace(channel, longer));
        traces = List.copyOf(all);
      }
    }
  }

  void end(String why, String by) {
    phase = Phase.ENDED;
    endedNs = OptionalLong.of(nowNs);
    walks = List.of();
    say(Kind.ENDED, "", "the drill is over: " + why, by);
    outputs.add(new DrillOutput.Ended());
  }

  Drill.Step done() {
    return new Drill.Step(
        new Progress(
            phase,
            before.beganNs(),
            agreesSinceNs,
            startedNs,
            endedNs,
            onsetNs,
            ordersGiven,
            walksSent,
            record,
            walks,
            readings,
            recovery,
            exposure,
            traces),
        List.copyOf(outputs));
  }
}
