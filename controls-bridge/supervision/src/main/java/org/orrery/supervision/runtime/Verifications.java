package org.orrery.supervision.runtime;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.StepRecord;
import org.orrery.contract.proposal.VerificationLimit;
import org.orrery.contract.sample.Sample;
import org.orrery.supervision.core.Readings;
import org.orrery.supervision.core.verification.JointTest;

/** The joint tests that are under way. For one context; not thread-safe. */
final class Verifications {
  private final Map<ProposalId, Running> running = new HashMap<>();

  private record Running(int step, JointTest test) {}

  /** Told once when a test is over. */
  interface Listener {
    void ended(ProposalId proposal, int step, boolean passed, List<StepRecord.Check> checks);
  }

  /**
   * Begins with what the channels show already. The times to arrive run from now: the record may
   * have been down, or we, since the write.
   */
  void begin(Proposal proposal, int step, long writtenNs, ChannelView view) {
    List<VerificationLimit> limits = proposal.plan().steps().get(step).verification();
    JointTest test = JointTest.begin(limits, writtenNs, view.readings().plantNowNs());
    Set<ChannelId> channels = new HashSet<>();
    limits.forEach(limit -> channels.add(limit.channel()));
    for (Sample sample : view.latest(channels)) {
      test = test.seen(sample);
    }
    running.put(proposal.id(), new Running(step, test));
  }

  void seen(Sample sample) {
    running.replaceAll((id, each) -> new Running(each.step(), each.test().seen(sample)));
  }

  boolean none() {
    return running.isEmpty();
  }

  void look(Readings readings, Listener listener) {
    for (ProposalId id : List.copyOf(running.keySet())) {
      Running each = running.get(id);
      if (each != null) {
        switch (each.test().verdict(readings)) {
          case JointTest.Verdict.Undecided _ -> {}
          case JointTest.Verdict.Passed passed -> {
            running.remove(id);
            listener.ended(id, each.step(), true, passed.checks());
          }
          case JointTest.Verdict.Missed missed -> {
            running.remove(id);
            listener.ended(id, each.step(), false, missed.checks());
          }
        }
      }
    }
  }
}
