package org.orrery.alarms.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.orrery.contract.Reply;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.diagnosis.FindingId;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;

/**
 * Every alarm of a facility. A deterministic fold over events: the same events at the same instants
 * give the same transitions. Each alarm is a machine of its own; a delay runs in plant time, by the
 * readings' own times and by {@link AlarmEvent.Tick}. Not thread-safe.
 */
public final class AlarmEngine {
  private static final String LOOK_AT_FINDING =
      "Open the finding, look at its evidence and at the proposal, if there is one.";
  private static final String MISMATCH_RESPONSE =
      "Compare the PV with the facility description; nothing is written to it meanwhile.";
  private static final long STALE_NS = 24L * 3_600_000_000_000L;

  private final Facility facility;
  private final Map<ChannelId, ChannelWatch> watches = new HashMap<>();
  private final Map<AlarmKey, AlarmPoint> points = new TreeMap<>();
  private final Set<AlarmKey> waiting = new LinkedHashSet<>();
  private final Map<FindingId, AlarmKey> findings = new HashMap<>();
  private final Map<AlarmKey, Map<FindingId, Finding>> open = new HashMap<>();
  private final Map<AlarmKey, AlarmRule> rules = new HashMap<>();
  private final Map<ChannelId, ChannelHealth> healths = new HashMap<>();
  private final LinkWatch links;
  private final Episode episode;
  private final RaiseCounter raises = new RaiseCounter();
  private String mode = AlarmSettings.ANY_MODE;
  private long late;

  /**
   * @param facility its channels and their alarm settings
   * @param policy what holds for all of them
   */
  public AlarmEngine(Facility facility, AlarmPolicy policy) {
    this.facility = facility;
    this.links = new LinkWatch(facility, policy);
    this.episode = new Episode(policy.episodeGapNs());
    for (Channel channel : facility.channels().values()) {
      watches.put(channel.id(), new ChannelWatch(channel));
    }
  }

  /**
   * Takes an event.
   *
   * @param nowNs plant time now; must not go back
   * @return what people are told, in order
   */
  public List<AlarmTransition> handle(AlarmEvent event, long nowNs) {
    List<AlarmTransition> told = new ArrayList<>();
    switch (event) {
      case AlarmEvent.SampleReceived(Sample sample) -> onSample(sample, nowNs, told);
      case AlarmEvent.HealthChanged(ChannelHealth health) -> onHealth(health, nowNs, told);
      case AlarmEvent.ModeChanged(String name) -> onMode(name, nowNs, told);
      case AlarmEvent.FindingReported(Finding finding) -> onFinding(finding, nowNs, told);
      case AlarmEvent.Remembered(Alarm alarm) -> onRemembered(alarm, nowNs, told);
      case AlarmEvent.Tick t -> onTick(nowNs, told);
    }
    return told;
  }

  /**
   * A person acknowledges one alarm; acknowledging twice is harmless.
   *
   * @param told takes what people are told
   * @return the alarm after it
   */
  public Reply<Alarm> acknowledge(
      AlarmKey key, String person, long nowNs, List<AlarmTransition> told) {
    AlarmPoint point = points.get(key);
    if (point == null || point.alarm().state() == AlarmState.NORMAL) {
      return new Reply.Declined<>(
          "alarm " + key + " is normal; there is nothing to acknowledge, refresh the list");
    }
    AlarmPoint.Step step = point.acknowledge(person, nowNs);
    keep(step, nowNs, told);
    return new Reply.Done<>(step.point().alarm());
  }

  /** Every alarm that is not normal, the first raised first. */
  public List<Alarm> list() {
    return points.values().stream()
        .map(AlarmPoint::alarm)
        .filter(alarm -> alarm.state() != AlarmState.NORMAL)
        .sorted(Comparator.comparingLong(Alarm::raisedNs).thenComparing(Alarm::key))
        .toList();
  }

  /** How the alarm system does. */
  public AlarmFigures figures(long nowNs) {
    raises.advance(nowNs);
    List<AlarmPoint> active = points.values().stream().filter(AlarmPoint::active).toList();
    return new AlarmFigures(
        raises.count(),
        active.size(),
        (int) list().stream().filter(alarm -> alarm.state() != AlarmState.ACKNOWLEDGED).count(),
        raises.flood(),
        raises.floodSinceNs(),
        raises.chattering(nowNs),
        (int) active.stream().filter(p -> nowNs - p.alarm().raisedNs() > STALE_NS).count());
  }

  /** Readings whose source time lies before that of an earlier one; they were judged as well. */
  public long late() {
    return late;
  }

  private void onSample(Sample sample, long nowNs, List<AlarmTransition> told) {
    ChannelWatch watch = watches.get(sample.channel());
    Channel channel = facility.channels().get(sample.channel());
    if (watch == null || channel == null) {
      return;
    }
    if (watch.isLate(sample)) {
      late++;
    }
    long atNs = watch.countsAt(sample, nowNs);
    observe(channel, watch.judge(sample, mode, atNs), atNs, told);
  }

  private void onHealth(ChannelHealth health, long nowNs, List<AlarmTransition> told) {
    Channel channel = facility.channels().get(health.channel());
    if (channel == null) {
      return;
    }
    healths.put(channel.id(), health);
    links.changed(health);
    judgeMismatch(channel, health, nowNs, told);
    // One look a tick is enough for the rest: a lost network tells of each of its channels.
    if (channel.alarm().lifeSafety()) {
      judgeLinks(nowNs, told);
    }
  }

  private void judgeMismatch(
      Channel channel, ChannelHealth health, long nowNs, List<AlarmTransition> told) {
    AlarmKey key = new AlarmKey(channel.id(), AlarmKey.Kind.STATE);
    Optional<Condition> mismatch =
        health.link() == ChannelHealth.Link.MISMATCH
            ? Optional.of(
                new Condition(
                    Severity.INVALID, health.detail(), health.sinceNs(), Set.of(health.detail())))
            : Optional.empty();
    // Where choices raise alarms, the first reading after it says that it is over.
    if (channel.alarm().alarmChoices().isEmpty() || mismatch.isPresent()) {
      AlarmRule rule = AlarmRule.of(channel.alarm()).undelayed(MISMATCH_RESPONSE);
      observe(key, rule, mismatch, nowNs, told);
    }
  }

  private void judgeLinks(long nowNs, List<AlarmTransition> told) {
    for (LinkWatch.Verdict verdict : links.verdicts(nowNs)) {
      observe(verdict.key(), verdict.rule(), verdict.condition(), nowNs, told);
    }
  }

  private void onMode(String name, long nowNs, List<AlarmTransition> told) {
    if (name.equals(mode)) {
      return;
    }
    mode = name;
    for (Channel channel : facility.channels().values()) {
      ChannelWatch watch = watches.get(channel.id());
      if (watch != null) {
        observe(channel, watch.judgeAgain(name, nowNs), nowNs, told);
      }
    }
  }

  private void onFinding(Finding finding, long nowNs, List<AlarmTransition> told) {
    AlarmKey key = findings.get(finding.id());
    if (key == null) {
      if (finding.channels().isEmpty() || !finding.active()) {
        return;
      }
      key = new AlarmKey(finding.channels().getFirst(), AlarmKey.Kind.FINDING);
      findings.put(finding.id(), key);
    }
    Map<FindingId, Finding> here = open.computeIfAbsent(key, k -> new LinkedHashMap<>());
    if (finding.active()) {
      here.put(finding.id(), finding);
    } else {
      findings.remove(finding.id());
      here.remove(finding.id());
    }
    Optional<Condition> condition = worthLooking(here);
    if (condition.isEmpty()) {
      open.remove(key);
    }
    AlarmRule rule = new AlarmRule(0, 0, AlarmSettings.Priority.MEDIUM, LOOK_AT_FINDING);
    observe(key, rule, condition, nowNs, told);
  }

  /** All findings of a channel under one alarm, in the words of the newest. */
  private static Optional<Condition> worthLooking(Map<FindingId, Finding> open) {
    if (open.isEmpty()) {
      return Optional.empty();
    }
    Finding newest = List.copyOf(open.values()).getLast();
    String more = open.size() == 1 ? "" : " (and " + (open.size() - 1) + " more)";
    Set<String> ids =
        open.keySet().stream().map(FindingId::value).collect(Collectors.toUnmodifiableSet());
    return Optional.of(new Condition(Severity.MINOR, newest.title() + more, newest.fromNs(), ids));
  }

  /** What was acknowledged before a restart stays so; what nobody has seen stays to be seen. */
  private void onRemembered(Alarm alarm, long nowNs, List<AlarmTransition> told) {
    AlarmKey key = alarm.key();
    Channel channel = facility.channels().get(key.channel());
    if (channel == null || alarm.state() == AlarmState.NORMAL) {
      return;
    }
    AlarmPoint point = points.get(key);
    if (point == null || point.alarm().state() == AlarmState.NORMAL) {
      points.put(key, AlarmPoint.remembered(alarm));
      told.add(new AlarmTransition(AlarmState.NORMAL, alarm, nowNs, "process"));
      judgeRemembered(channel, alarm, nowNs, told);
      return;
    }
    boolean seenBefore =
        alarm.state() == AlarmState.ACKNOWLEDGED
            && key.kind() != AlarmKey.Kind.FINDING
            && point.alarm().state() == AlarmState.UNACKNOWLEDGED
            && point.alarm().severity().compareTo(alarm.severity()) <= 0
            && point.toldBy(alarm.message());
    if (seenBefore) {
      keep(point.acknowledge(alarm.acknowledgedBy().orElse("process"), nowNs), nowNs, told);
    }
  }

  /**
   * Holds a remembered alarm against what is known by now: a channel that speaks only on change may
   * have said already that it is over, and a next trouble must find it over.
   */
  private void judgeRemembered(
      Channel channel, Alarm alarm, long nowNs, List<AlarmTransition> told) {
    AlarmKey key = alarm.key();
    switch (key.kind()) {
      case LIMIT, STATE, SOURCE -> {
        ChannelWatch watch = watches.get(channel.id());
        if (watch != null) {
          List<ChannelWatch.Verdict> verdicts = watch.judgeLast(mode, nowNs);
          verdicts.removeIf(verdict -> verdict.kind() != key.kind());
          observe(channel, verdicts, nowNs, told);
        }
        ChannelHealth health = healths.get(channel.id());
        if (key.kind() == AlarmKey.Kind.STATE && health != null) {
          judgeMismatch(channel, health, nowNs, told);
        }
      }
      // A finding ended with the process that made it, and a connection that was found lost by now
      // has an alarm already; if the trouble is still there it is found anew.
      case FINDING, STALE, DISCONNECTED -> {
        AlarmRule rule = new AlarmRule(0, 0, alarm.priority(), alarm.response());
        observe(key, rule, Optional.empty(), nowNs, told);
      }
      case MIRRORED -> {}
    }
  }

  private void onTick(long nowNs, List<AlarmTransition> told) {
    judgeLinks(nowNs, told);
    for (AlarmKey key : List.copyOf(waiting)) {
      AlarmPoint point = points.get(key);
      AlarmRule rule = rules.get(key);
      if (point != null && rule != null) {
        keep(point.elapse(rule, nowNs), nowNs, told);
      }
    }
    raises.advance(nowNs);
  }

  private void observe(
      Channel channel, List<ChannelWatch.Verdict> verdicts, long atNs, List<AlarmTransition> told) {
    AlarmRule rule = AlarmRule.of(channel.alarm());
    for (ChannelWatch.Verdict verdict : verdicts) {
      observe(new AlarmKey(channel.id(), verdict.kind()), rule, verdict.condition(), atNs, told);
    }
  }

  private void observe(
      AlarmKey key,
      AlarmRule rule,
      Optional<Condition> condition,
      long atNs,
      List<AlarmTransition> told) {
    AlarmPoint point = points.get(key);
    if (point == null) {
      if (condition.isEmpty()) {
        return;
      }
      point = AlarmPoint.normal(key, rule);
    }
    rules.put(key, rule);
    if (point.waiting()) {
      AlarmPoint.Step before = point.elapse(rule, atNs);
      keep(before, atNs, told);
      point = before.point();
    }
    keep(point.observe(condition, rule, atNs), atNs, told);
  }

  private boolean standing(AlarmKey key) {
    AlarmPoint point = points.get(key);
    return point != null && point.active();
  }

  private void keep(AlarmPoint.Step step, long atNs, List<AlarmTransition> told) {
    AlarmPoint point = step.point();
    AlarmKey key = point.alarm().key();
    if (step.transition().isPresent()) {
      AlarmTransition transition = step.transition().get();
      AlarmState before = transition.from();
      boolean raised =
          point.alarm().state() == AlarmState.UNACKNOWLEDGED
              && (before == AlarmState.NORMAL || before == AlarmState.RETURNED_UNACKNOWLEDGED);
      if (raised && transition.by().equals("process")) {
        raises.raised(key, atNs);
        if (episode.raised(key, atNs, this::standing)) {
          point = point.asFirstOut();
          transition = new AlarmTransition(before, point.alarm(), atNs, transition.by());
        }
      }
      told.add(transition);
    }
    if (point.idle()) {
      points.remove(key);
    } else {
      points.put(key, point);
    }
    if (point.waiting()) {
      waiting.add(key);
    } else {
      waiting.remove(key);
    }
  }
}
