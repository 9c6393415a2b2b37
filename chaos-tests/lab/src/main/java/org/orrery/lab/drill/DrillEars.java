package org.orrery.lab.drill;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.orrery.bus.Bus;
import org.orrery.bus.Topics;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.diagnosis.Hypothesis;
import org.orrery.contract.proposal.Approval;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.twin.Agreement;
import org.orrery.lab.drill.core.DrillEvent;

/** Turns what the rooms say into what a drill hears. Owned by the drill's event loop. */
final class DrillEars {
  private static final String NOBODY = "process";

  private final Consumer<DrillEvent> heard;
  private final Map<ProposalId, Integer> agreements = new HashMap<>();
  private final Set<ProposalId> approved = new HashSet<>();
  private boolean writingStopped;

  DrillEars(Consumer<DrillEvent> heard) {
    this.heard = heard;
  }

  List<Bus.Subscription> listen(Bus bus) {
    return List.of(
        bus.subscribe(
            Topics.TWIN_STATE,
            twin -> heard.accept(new DrillEvent.TwinHeard(twin.agreement() == Agreement.AGREES))),
        bus.subscribe(Topics.ALARM_TRANSITIONS, this::alarm),
        bus.subscribe(Topics.FINDINGS, this::finding),
        bus.subscribe(Topics.DIAGNOSES, this::diagnosis),
        bus.subscribe(Topics.PROPOSALS, this::proposal),
        bus.subscribe(Topics.WRITING_STATE, this::writing));
  }

  private void alarm(AlarmTransition transition) {
    var alarm = transition.alarm();
    if (alarm.state() == AlarmState.UNACKNOWLEDGED && transition.from() == AlarmState.NORMAL) {
      heard.accept(new DrillEvent.AlarmRaised(alarm.key().channel(), alarm.message()));
    } else if (!transition.by().equals(NOBODY)) {
      heard.accept(new DrillEvent.Acknowledged(alarm.key().channel(), transition.by()));
    }
  }

  private void finding(Finding finding) {
    if (finding.active()) {
      heard.accept(new DrillEvent.Found(finding.id().value(), finding.title()));
    }
  }

  private void diagnosis(Diagnosis diagnosis) {
    diagnosis
        .leading()
        .filter(cause -> !(cause.hypothesis() instanceof Hypothesis.NothingWrong))
        .ifPresent(
            cause ->
                heard.accept(
                    new DrillEvent.Ranked(cause.hypothesis().title(), cause.probability())));
  }

  private void proposal(Proposal proposal) {
    String playbook = proposal.plan().playbook();
    String title = proposal.plan().title();
    switch (proposal.state()) {
      case ProposalState.AwaitingApproval waiting -> {
        if (agreements.putIfAbsent(proposal.id(), 0) == null) {
          heard.accept(new DrillEvent.Proposed(playbook, title));
        }
        agreed(proposal, waiting.approvals());
      }
      case ProposalState.Approved approved -> approved(proposal, approved.approvals());
      case ProposalState.Rejected rejected ->
          heard.accept(new DrillEvent.Rejected(playbook, title, rejected.by()));
      case ProposalState.Draft d -> {}
      case ProposalState.Rehearsed r -> {}
      case ProposalState.Executing e -> approved(proposal, e.approvals());
      case ProposalState.Held h -> {}
      case ProposalState.RollingBack r -> {}
      case ProposalState.RollbackFailed r -> {}
      case ProposalState.Verified v -> {}
      case ProposalState.RolledBack r -> {}
      case ProposalState.Expired e -> {}
      case ProposalState.Aborted a -> {}
      case ProposalState.Failed f -> {}
    }
  }

  /** Each agreement is heard once. */
  private void agreed(Proposal proposal, List<Approval> all) {
    int known = agreements.getOrDefault(proposal.id(), 0);
    for (Approval agreement : all.subList(Math.min(known, all.size()), all.size())) {
      heard.accept(
          new DrillEvent.Agreed(
              proposal.plan().playbook(), proposal.plan().title(), agreement.person()));
    }
    agreements.put(proposal.id(), Math.max(known, all.size()));
  }

  /** An approval is heard once, whichever state after it is heard first. */
  private void approved(Proposal proposal, List<Approval> all) {
    if (!all.isEmpty() && approved.add(proposal.id())) {
      heard.accept(
          new DrillEvent.Approved(
              proposal.plan().playbook(), proposal.plan().title(), all.getLast().person()));
    }
  }

  private void writing(WritingState state) {
    if (state.stopped() && !writingStopped) {
      heard.accept(new DrillEvent.WritingStopped(state.by(), state.reason()));
    }
    writingStopped = state.stopped();
  }
}
