package org.orrery.gateway.core.own;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.diagnosis.FindingId;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.Facility;

/** The findings that last, and what explains them. Not thread-safe. */
public final class FindingTally {
  /** More than lasts at once anywhere; beyond it the oldest goes. */
  private static final int MOST = 1_000;

  /** The least probable by chance leads; scores of two detectors cannot be compared. */
  private static final Comparator<Finding> LEADING_FIRST =
      Comparator.comparingDouble(Finding::pValue)
          .thenComparing(Comparator.comparingDouble(Finding::score).reversed())
          .thenComparing(Finding::id);

  private final Facility facility;
  private final Map<FindingId, Finding> active = new LinkedHashMap<>();
  private @Nullable Diagnosis latest;

  /** Without any finding; the facility tells to which subsystem a channel belongs. */
  public FindingTally(Facility facility) {
    this.facility = facility;
  }

  /** A finding as it stands now. */
  public void take(Finding finding) {
    active.remove(finding.id());
    if (finding.active()) {
      active.put(finding.id(), finding);
      if (active.size() > MOST) {
        active.remove(active.keySet().iterator().next());
      }
    }
  }

  /** The newest diagnosis. */
  public void take(Diagnosis diagnosis) {
    latest = diagnosis;
  }

  /** How many last. */
  public int count() {
    return active.size();
  }

  /** How many of one family of detectors last, for example of those that begin with {@code dqm}. */
  public long count(String detector) {
    return active.values().stream().filter(f -> f.detector().startsWith(detector)).count();
  }

  /** The one that is the least probable by chance. */
  public Optional<Finding> leading() {
    return active.values().stream().min(LEADING_FIRST);
  }

  /** Those of each subsystem by the channel that tells most, the leading one first. */
  public Map<String, List<Finding>> bySubsystem() {
    Map<String, List<Finding>> groups = new HashMap<>();
    facility.subsystems().forEach(s -> groups.put(s.name(), new ArrayList<>()));
    active.values().stream()
        .sorted(LEADING_FIRST)
        .forEach(
            finding ->
                finding.channels().stream()
                    .findFirst()
                    .flatMap(facility::channel)
                    .map(Channel::subsystem)
                    .map(groups::get)
                    .ifPresent(group -> group.add(finding)));
    return groups;
  }

  /** The leading cause, while what it explains lasts and something is thought to be wrong. */
  public Optional<Diagnosis.Cause> cause() {
    Diagnosis diagnosis = latest;
    return diagnosis == null || !active.containsKey(diagnosis.finding())
        ? Optional.empty()
        : diagnosis
            .leading()
            .filter(cause -> !(cause.hypothesis() instanceof Hypothesis.NothingWrong));
  }
}
