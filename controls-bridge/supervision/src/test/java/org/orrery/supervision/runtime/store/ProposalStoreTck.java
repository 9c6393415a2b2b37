package org.orrery.supervision.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.orrery.contract.Bytes;
import org.orrery.contract.audit.AuditRecord;
import org.orrery.contract.audit.AuditVerdict;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.proposal.Approval;
import org.orrery.contract.proposal.Baseline;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.contract.proposal.RiskClass;
import org.orrery.contract.proposal.StepRecord;
import org.orrery.contract.value.Value;
import org.orrery.supervision.Fixtures;
import org.orrery.supervision.core.audit.AuditEntry;
import org.orrery.supervision.core.audit.AuditHead;
import org.orrery.supervision.core.audit.ChainWalk;

/** What every store of the record does. */
abstract class ProposalStoreTck {
  private static int runs;

  /** Empty, or shared by tests that each use proposals of their own. */
  abstract ProposalStore store();

  private final String prefix = "p" + ++runs + "-";

  private Proposal draft(String name) {
    Plan plan = Fixtures.plan(RiskClass.NORMAL, 99);
    Plan own =
        new Plan(
            new ProposalId(prefix + name),
            plan.playbook(),
            plan.title(),
            "\u0000 \uD83D\uDD2D \"quoted\"",
            plan.diagnosis(),
            Optional.of("anna"),
            plan.risk(),
            plan.preconditions(),
            plan.steps(),
            plan.expiresAtNs(),
            plan.callOut());
    return Fixtures.draft(own, 5);
  }

  private static Proposal next(Proposal proposal, ProposalState state) {
    return new Proposal(
        proposal.id(),
        proposal.version() + 1,
        proposal.plan(),
        proposal.diagnosis(),
        proposal.rehearsal(),
        state,
        proposal.record(),
        proposal.createdAtNs());
  }

  private static AuditEntry entry(String subject) {
    return new AuditEntry(
        7, "anna", "test.entry", subject, new Note("it's \u0000 \u00e4 \uD83D\uDD2D"));
  }

  /** Content of an entry. */
  public record Note(String text) {}

  @Test
  void shouldKeepTheLatestVersionOfEachProposal() {
    // Given
    Proposal a = draft("a");
    Proposal b = draft("b");
    Proposal done = next(b, new ProposalState.Expired(9));

    // When
    store().save(a, List.of(entry("a")));
    store().save(b, List.of(entry("b")));
    store().save(done, List.of(entry("b")));

    // Then
    assertThat(store().find(a.id())).contains(a);
    assertThat(store().find(b.id())).contains(done);
    assertThat(store().find(new ProposalId(prefix + "none"))).isEmpty();
    assertThat(store().unfinished()).contains(a).doesNotContain(done);
    assertThat(store().newest(2)).containsExactly(done, a);
  }

  @Test
  void shouldKeepWhatBecomesKnownOfTheLastStepWhileItIsTakenBack() {
    // Given
    CommandId there = new CommandId(prefix + "there");
    StepRecord open = new StepRecord(0, false, there, List.of(), List.of());
    StepRecord undo = new StepRecord(0, true, new CommandId(prefix + "back"), List.of(), List.of());
    StepRecord known =
        new StepRecord(
            0,
            false,
            there,
            List.of(new CommandOutcome.Confirmed(there, 3, Value.of(1))),
            List.of());
    ProposalState back = new ProposalState.RollingBack(8, List.of(approval()), 0, "anna");
    Proposal begun = with(next(draft("back"), back), List.of(open));
    Proposal undone = with(next(begun, back), List.of(open, undo));
    Proposal told = with(next(undone, back), List.of(known, undo));
    store().save(draft("back"), List.of());
    store().save(begun, List.of());
    store().save(undone, List.of());

    // When
    store().save(told, List.of());

    // Then
    assertThat(store().find(told.id())).contains(told);
  }

  private static Proposal with(Proposal proposal, List<StepRecord> record) {
    return new Proposal(
        proposal.id(),
        proposal.version(),
        proposal.plan(),
        proposal.diagnosis(),
        proposal.rehearsal(),
        proposal.state(),
        record,
        proposal.createdAtNs());
  }

  @Test
  void shouldKeepWhatWasShownWhenAPlanBegan() {
    // Given
    Proposal approved = next(draft("begun"), new ProposalState.Approved(6, List.of(approval())));
    Baseline baseline =
        new Baseline(List.of(new Baseline.Shown(Fixtures.PUMP_A, new Value.ChoiceValue(1, "ON"))));
    Proposal begun =
        new Proposal(
            approved.id(),
            approved.version() + 1,
            approved.plan(),
            approved.diagnosis(),
            approved.rehearsal(),
            new ProposalState.Executing(7, List.of(approval()), 0, ProposalState.Phase.WRITING),
            approved.record(),
            approved.createdAtNs(),
            Optional.of(baseline));
    store().save(draft("begun"), List.of());
    store().save(approved, List.of());

    // When
    store().save(begun, List.of());
    Proposal held =
        new Proposal(
            begun.id(),
            begun.version() + 1,
            begun.plan(),
            begun.diagnosis(),
            begun.rehearsal(),
            new ProposalState.Held(8, List.of(approval()), 0, "missed"),
            begun.record(),
            begun.createdAtNs(),
            begun.baseline());
    store().save(held, List.of());

    // Then
    assertThat(store().find(begun.id())).contains(held);
  }

  private static Approval approval() {
    return new Approval("anna", Bytes.of(new byte[] {1}), 6, "yes");
  }

  @Test
  void shouldStoreTheSameChangeOnceAndRefuseOneThatDoesNotFollow() {
    // Given
    Proposal first = draft("c");
    store().save(first, List.of(entry("c")));
    AuditHead head = store().head();

    // When
    AuditHead again = store().save(first, List.of(entry("c")));

    // Then
    assertThat(again).isEqualTo(head);
    assertThatThrownBy(
            () ->
                store().save(next(next(first, first.state()), first.state()), List.of(entry("c"))))
        .isInstanceOf(ProposalStore.ConflictException.class);
    Proposal rival = next(first, new ProposalState.Expired(1));
    store().save(rival, List.of());
    assertThatThrownBy(
            () -> store().save(next(first, new ProposalState.Expired(2)), List.of(entry("c"))))
        .isInstanceOf(ProposalStore.ConflictException.class);
    assertThat(store().head()).isEqualTo(head);
  }

  @Test
  void shouldLeaveEverythingAsItWasWhereAChangeIsNoLongerWanted() {
    // Given
    Proposal first = draft("d");
    store().save(first, List.of(entry(prefix + "d")));
    AuditHead head = store().head();
    Proposal late = next(first, new ProposalState.Expired(1));

    // When
    assertThatThrownBy(() -> store().save(late, List.of(entry(prefix + "d")), () -> false))
        .isInstanceOf(ProposalStore.TooLateException.class);

    // Then
    assertThat(store().find(first.id())).contains(first);
    assertThat(store().head()).isEqualTo(head);
    assertThat(store().auditAbout(Set.of(prefix + "d", prefix + "none"), 9)).hasSize(1);
  }

  @Test
  void shouldChainEntriesWithoutGapsThoughManyWrite() throws Exception {
    // Given
    AuditHead before = store().head();
    int writers = 8;
    int each = 10;

    // When
    try (ExecutorService executor = Executors.newFixedThreadPool(writers)) {
      List<Future<?>> done =
          IntStream.range(0, writers)
              .<Future<?>>mapToObj(
                  w ->
                      executor.submit(
                          () -> {
                            for (int i = 0; i < each; i++) {
                              store().append(List.of(entry("w" + w), entry("w" + w)));
                            }
                          }))
              .toList();
      for (Future<?> future : done) {
        future.get();
      }
    }

    // Then
    AuditHead head = store().head();
    assertThat(head.sequence()).isEqualTo(before.sequence() + 2L * writers * each);
    ChainWalk walk = new ChainWalk(Optional.of(before));
    long sequence = 0;
    for (List<AuditRecord> page = store().auditAfter(0, 50);
        !page.isEmpty();
        page = store().auditAfter(sequence, 50)) {
      page.forEach(walk::next);
      sequence = page.getLast().sequence();
    }
    assertThat(walk.end(head)).isEqualTo(new AuditVerdict.Intact(head.sequence()));
  }
}
