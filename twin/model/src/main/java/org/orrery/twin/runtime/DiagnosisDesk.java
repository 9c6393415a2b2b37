package org.orrery.twin.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.diagnosis.FindingId;

/**
 * Keeps the open findings and says which is to be diagnosed when: at once, and again as the
 * evidence grows. Mutable, not thread-safe.
 */
class DiagnosisDesk {
  /** Plant time after the first diagnosis at which to look again, ns. */
  private static final long[] AGAIN_NS = {
    20_000_000_000L, 60_000_000_000L, 180_000_000_000L, 600_000_000_000L, 1_800_000_000_000L
  };

  /** Bound on open findings; the oldest gives way. */
  private static final int MOST_OPEN = 64;

  private static final class Case {
    private Finding finding;
    private long firstNs;
    private int done;

    Case(Finding finding) {
      this.finding = finding;
    }
  }

  private final Map<FindingId, Case> cases = new LinkedHashMap<>();

  /** Takes note of a finding: a new one, a changed one, or one that ended. */
  void take(Finding finding) {
    if (!finding.active()) {
      cases.remove(finding.id());
      return;
    }
    Case known = cases.get(finding.id());
    if (known != null) {
      known.finding = finding;
      return;
    }
    if (cases.size() >= MOST_OPEN) {
      cases.remove(cases.keySet().iterator().next());
    }
    cases.put(finding.id(), new Case(finding));
  }

  /** A finding whose turn has come, given the plant time up to which the twin has stepped. */
  Optional<Finding> due(long nowNs) {
    for (Case one : cases.values()) {
      boolean first = one.done == 0;
      boolean again =
          one.done > 0
              && one.done <= AGAIN_NS.length
              && nowNs - one.firstNs >= AGAIN_NS[one.done - 1];
      if (first || again) {
        one.firstNs = first ? nowNs : one.firstNs;
        one.done++;
        return Optional.of(one.finding);
      }
    }
    return Optional.empty();
  }
}
