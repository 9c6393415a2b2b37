package org.orrery.dqm.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.diagnosis.FindingId;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.time.IdSource;
import org.orrery.contract.twin.Agreement;
import org.orrery.contract.twin.TwinState;
import org.orrery.contract.twin.TwinState.ChannelEstimate;

/**
 * Turns the twin's innovations into findings: CUSUMs per channel and a joint test per subsystem,
 * both held to one budget of false alarms; deviations that come together make one finding.
 * Deterministic; not thread-safe. See {@code docs/models/dqm-innovation.md}.
 */
public final class InnovationDetector {
  /** Name of the detector in findings. */
  public static final String NAME = "dqm.innovation";

  /** A channel that has climbed so far is taken into a finding that others have begun. */
  private static final double SUSPECT = 0.5;

  /** A channel that has climbed so far is not learnt from. */
  private static final double NOT_LEARNT_FROM = 0.33;

  private static final double QUIET_RECENT = 2;

  /** In warm-up times. */
  private static final int LONGEST_WARM_UP = 6;

  private static final double FIRST_STEP_NS = 10e9;

  private final Facility facility;
  private final DetectorSettings settings;
  private final IdSource ids;
  private final FindingWriter writer;
  private final AlarmBudget budget;
  private final Map<ChannelId, ChannelMonitor> monitors = new TreeMap<>();
  private final Map<String, JointMonitor> joints = new TreeMap<>();
  private final Map<String, String> subsystems = new HashMap<>();
  private final List<Episode> episodes = new ArrayList<>();
  private long firstNs = Long.MIN_VALUE;
  private long lastNs = Long.MIN_VALUE;
  private double stepNs;
  private long agreeingSinceNs = Long.MIN_VALUE;
  private boolean judging;

  /** Since when the twin has had a fault in its model; the least value while it has none. */
  private long assumedSinceNs = Long.MIN_VALUE;

  /**
   * @param facility names, units and cadences
   * @param settings how it judges
   * @param ids makes ids of findings
   * @param version of the running code, for provenance
   */
  public InnovationDetector(
      Facility facility, DetectorSettings settings, IdSource ids, String version) {
    this.facility = facility;
    this.settings = settings;
    this.ids = ids;
    this.writer = new FindingWriter(facility, settings, version);
    this.budget =
        new AlarmBudget(settings.falseAlarmsPerWeek(), new SplittableRandom(settings.seed()));
  }

  /**
   * Takes a state of the twin.
   *
   * @param completeness share of the readings that it rests on, 0 to 1
   * @return findings that are new, have changed or have ended
   */
  public List<Finding> step(TwinState state, double completeness) {
    long nowNs = state.atNs();
    if (nowNs <= lastNs) {
      return List.of();
    }
    if (firstNs == Long.MIN_VALUE) {
      firstNs = nowNs;
      stepNs = FIRST_STEP_NS;
    } else {
      stepNs += 0.05 * (Math.min(nowNs - lastNs, 10 * stepNs) - stepNs);
    }
    lastNs = nowNs;
    boolean assumed = state.workingHypothesis().isPresent();
    boolean begins = assumed && assumedSinceNs == Long.MIN_VALUE;
    assumedSinceNs = begins ? nowNs : assumed ? assumedSinceNs : Long.MIN_VALUE;
    warmUp(state);
    budget.share(monitors.values(), joints.size(), stepNs);
    Map<String, Map<ChannelId, Double>> bySubsystem = update(state);
    List<ChannelMonitor> alarmed = new ArrayList<>();
    double jointP = lookTogether(bySubsystem, alarmed);
    for (ChannelMonitor monitor : monitors.values()) {
      if (monitor.share(budget.levels()) >= 1 && !alarmed.contains(monitor)) {
        alarmed.add(monitor);
      }
    }
    if (!judging) {
      alarmed.forEach(ChannelMonitor::reset);
      return List.of();
    }
    gather(alarmed, jointP, nowNs);
    return tell(state, completeness);
  }

  /**
   * Learns what is usual before it judges. What a twin says that does not agree with the detector
   * yet is not usual, so learning begins anew; but a twin that never agrees must not silence the
   * detector for good.
   */
  private void warmUp(TwinState state) {
    if (judging) {
      return;
    }
    long nowNs = state.atNs();
    boolean overdue = nowNs - firstNs >= LONGEST_WARM_UP * settings.warmUpNs();
    if (state.agreement() != Agreement.AGREES) {
      monitors.clear();
      joints.clear();
      agreeingSinceNs = Long.MIN_VALUE;
    } else if (agreeingSinceNs == Long.MIN_VALUE) {
      agreeingSinceNs = nowNs;
    }
    judging =
        overdue
            || (agreeingSinceNs != Long.MIN_VALUE
                && nowNs - agreeingSinceNs >= settings.warmUpNs());
  }

  /** Takes in the new innovations; returns the standardised ones by subsystem. */
  private Map<String, Map<ChannelId, Double>> update(TwinState state) {
    Map<String, Map<ChannelId, Double>> bySubsystem = new TreeMap<>();
    for (ChannelEstimate estimate : state.channels()) {
      if (estimate.innovation().isEmpty() || Double.isNaN(estimate.innovation().getAsDouble())) {
        continue;
      }
      ChannelMonitor monitor = monitors.computeIfAbsent(estimate.channel(), this::newMonitor);
      boolean learn =
          episodes.stream().noneMatch(episode -> episode.holds(estimate.channel()))
              && (monitor.share(budget.levels()) < NOT_LEARNT_FROM || !judging);
      double standardised =
          monitor.update(
              estimate, estimate.innovation().getAsDouble(), state.atNs(), budget.levels(), learn);
      bySubsystem
          .computeIfAbsent(subsystem(estimate.channel()), name -> new LinkedHashMap<>())
          .put(estimate.channel(), standardised);
    }
    return bySubsystem;
  }

  private ChannelMonitor newMonitor(ChannelId id) {
    long cadenceNs = facility.channel(id).map(Channel::cadenceNs).orElse(0L);
    return new ChannelMonitor(id, Math.max(cadenceNs, stepNs), CusumNull.FAST, CusumNull.SLOW);
  }

  private String subsystem(ChannelId id) {
    return subsystems.computeIfAbsent(
        id.value(), name -> facility.channel(id).map(Channel::subsystem).orElse(""));
  }

  /** Adds the channels of alarmed subsystems; returns the smallest probability of a look. */
  private double lookTogether(
      Map<String, Map<ChannelId, Double>> bySubsystem, List<ChannelMonitor> alarmed) {
    double least = 1;
    for (Map.Entry<String, Map<ChannelId, Double>> entry : bySubsystem.entrySet()) {
      boolean learn =
          entry.getValue().keySet().stream()
              .noneMatch(id -> episodes.stream().anyMatch(episode -> episode.holds(id)));
      JointMonitor.Look look =
          joints
              .computeIfAbsent(entry.getKey(), name -> new JointMonitor())
              .look(entry.getValue(), learn);
      if (look.pValue() <= budget.jointThreshold() && look.outside().size() >= 2) {
        least = Math.min(least, look.pValue());
        for (ChannelId id : look.outside()) {
          ChannelMonitor monitor = monitors.get(id);
          if (monitor != null) {
            alarmed.add(monitor);
          }
        }
      }
    }
    return least;
  }

  /** Puts alarmed channels, and suspect ones beside them, into findings. */
  private void gather(List<ChannelMonitor> alarmed, double jointP, long nowNs) {
    List<ChannelMonitor> news =
        alarmed.stream()
            .filter(monitor -> monitor.sight() != null)
            .filter(monitor -> episodes.stream().noneMatch(e -> e.holds(monitor.channel())))
            .toList();
    if (!news.isEmpty()) {
      Episode episode = episodeFor(news, nowNs);
      news.forEach(monitor -> charge(episode, monitor, nowNs));
      for (ChannelMonitor monitor : monitors.values()) {
        boolean suspect =
            monitor.share(budget.levels()) >= SUSPECT
                && nowNs - monitor.onsetNs(budget.levels()) <= settings.joinNs();
        if (suspect && episodes.stream().noneMatch(e -> e.holds(monitor.channel()))) {
          charge(episode, monitor, nowNs);
        }
      }
      episode.strengthen(budget.perHour(jointP));
    }
    for (Episode episode : episodes) {
      for (ChannelId id : List.copyOf(episode.charges().keySet())) {
        ChannelMonitor monitor = monitors.get(id);
        if (monitor != null) {
          charge(episode, monitor, nowNs);
          episode.strengthen(budget.perHour(monitor));
        }
      }
    }
  }

  private void charge(Episode episode, ChannelMonitor monitor, long nowNs) {
    episode.charge(monitor, monitor.onsetNs(budget.levels()), nats(monitor), nowNs);
  }

  /**
   * The finding that the channels join: one that grew a moment ago, or one of their own subsystem.
   */
  private Episode episodeFor(List<ChannelMonitor> news, long nowNs) {
    for (Episode episode : episodes) {
      boolean fresh = nowNs - episode.grewNs() <= settings.joinNs();
      boolean related =
          episode.charges().keySet().stream()
              .anyMatch(
                  held ->
                      news.stream().anyMatch(m -> subsystem(m.channel()).equals(subsystem(held))));
      if (fresh || related) {
        return episode;
      }
    }
    Episode episode = new Episode(new FindingId(ids.next()), nowNs);
    episodes.add(episode);
    return episode;
  }

  /**
   * Height of the fast CUSUM in its own likelihood ratio: k = delta / 2, so nats are delta times
   * the height.
   */
  private static double nats(ChannelMonitor monitor) {
    return Math.max(
        2 * CusumNull.FAST.k() * monitor.height(0), 2 * CusumNull.SLOW.k() * monitor.height(1));
  }

  private List<Finding> tell(TwinState state, double completeness) {
    long nowNs = state.atNs();
    List<Finding> told = new ArrayList<>();
    for (Episode episode : List.copyOf(episodes)) {
      // A twin that has taken the fault into its model agrees again although the plant is still
      // broken; that holds the findings from before, and no later one.
      boolean held = assumedSinceNs != Long.MIN_VALUE && episode.fromNs() <= assumedSinceNs;
      boolean quiet = !held && episode.charges().keySet().stream().allMatch(id -> back(id, nowNs));
      if (episode.over(quiet, nowNs, settings.quietNs())) {
        episodes.remove(episode);
        episode.charges().keySet().forEach(this::reset);
        told.add(writer.finding(episode, nowNs, completeness, false));
      } else if (episode.worthTelling(nowNs, settings.updateNs())) {
        episode.told(nowNs);
        told.add(writer.finding(episode, nowNs, completeness, true));
      }
    }
    return told;
  }

  /** Back in its band; a channel that has gone silent does not keep a finding alive. */
  private boolean back(ChannelId id, long nowNs) {
    ChannelMonitor monitor = monitors.get(id);
    return monitor == null
        || Math.abs(monitor.recent()) < QUIET_RECENT
        || nowNs - monitor.lastNs() > Math.max(settings.joinNs(), 5 * monitor.intervalNs());
  }

  private void reset(ChannelId id) {
    ChannelMonitor monitor = monitors.get(id);
    if (monitor != null) {
      monitor.reset();
    }
  }

  /** Channels that are watched. */
  public int watched() {
    return monitors.size();
  }

  /** Learnt scale of a channel's innovations; 1 for a channel that is not watched. */
  public double scale(ChannelId id) {
    ChannelMonitor monitor = monitors.get(id);
    return monitor == null ? 1 : monitor.scale();
  }
}
