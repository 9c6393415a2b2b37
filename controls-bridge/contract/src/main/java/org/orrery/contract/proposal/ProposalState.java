package org.orrery.contract.proposal;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.orrery.contract.Person.Role;

/**
 * Where a proposal stands. Each state carries what was true when it was entered; {@code atNs} is
 * wall time, ns since the epoch. Which state may follow which stands in supervision's core, in one
 * place.
 */
public sealed interface ProposalState {
  /** When the state was entered, wall ns. */
  long atNs();

  /** True where nothing can follow. */
  default boolean terminal() {
    return switch (this) {
      case Draft d -> false;
      case Rehearsed r -> false;
      case AwaitingApproval a -> false;
      case Approved a -> false;
      case Executing e -> false;
      case Held h -> false;
      case RollingBack r -> false;
      case RollbackFailed r -> true;
      case Verified v -> true;
      case RolledBack r -> true;
      case Rejected r -> true;
      case Expired e -> true;
      case Aborted a -> true;
      case Failed f -> true;
    };
  }

  /** True where the plan has the devices that it writes to for itself, until it ends. */
  default boolean holdsDevices() {
    return switch (this) {
      case Executing e -> true;
      case Held h -> true;
      case RollingBack r -> true;
      case Draft d -> false;
      case Rehearsed r -> false;
      case AwaitingApproval a -> false;
      case Approved a -> false;
      case Verified v -> false;
      case RolledBack r -> false;
      case RollbackFailed r -> false;
      case Rejected r -> false;
      case Expired e -> false;
      case Aborted a -> false;
      case Failed f -> false;
    };
  }

  /** Made from a playbook, not yet rehearsed. */
  record Draft(long atNs) implements ProposalState {}

  /** The twin has spoken, or declined to. */
  record Rehearsed(long atNs) implements ProposalState {}

  /** Waits for people. */
  record AwaitingApproval(long atNs, List<Approval> approvals) implements ProposalState {
    public AwaitingApproval {
      approvals = List.copyOf(approvals);
    }
  }

  /** Enough people agreed; execution may begin. */
  record Approved(long atNs, List<Approval> approvals) implements ProposalState {
    public Approved {
      approvals = List.copyOf(approvals);
    }
  }

  /**
   * Being carried out.
   *
   * @param step the step at hand, from 0
   * @param phase what is being done about it
   */
  record Executing(long atNs, List<Approval> approvals, int step, Phase phase)
      implements ProposalState {
    public Executing {
      approvals = List.copyOf(approvals);
    }
  }

  /** Stopped in the step's hold state; a person must come, and the page says so. */
  record Held(long atNs, List<Approval> approvals, int step, String why) implements ProposalState {
    public Held {
      approvals = List.copyOf(approvals);
    }
  }

  /**
   * Steps are being taken back, from this one downwards.
   *
   * @param by who wanted that
   * @param roles what they might do then; absent on records from before that was kept
   * @param saidAtNs when they said so, wall ns; absent on records from before that was kept
   */
  record RollingBack(
      long atNs,
      List<Approval> approvals,
      int step,
      String by,
      Optional<Set<Role>> roles,
      OptionalLong saidAtNs)
      implements ProposalState {
    public RollingBack {
      approvals = List.copyOf(approvals);
      roles = roles.map(Set::copyOf);
    }

    /** One that does not say when and what they might do, as records from before have it. */
    public RollingBack(long atNs, List<Approval> approvals, int step, String by) {
      this(atNs, approvals, step, by, Optional.empty(), OptionalLong.empty());
    }
  }

  /** Done, and the effect was as approved. */
  record Verified(long atNs) implements ProposalState {}

  /** Taken back. */
  record RolledBack(long atNs) implements ProposalState {}

  /** Could not be taken back; a person must come, and the page says so. */
  record RollbackFailed(long atNs, String why) implements ProposalState {}

  /** A person said no. */
  record Rejected(long atNs, String by, String reason) implements ProposalState {}

  /** Nobody decided in time. */
  record Expired(long atNs) implements ProposalState {}

  /** Ended before its first write was made, or by a person while held. */
  record Aborted(long atNs, String why) implements ProposalState {}

  /** Ended by an error of ours. */
  record Failed(long atNs, String why) implements ProposalState {}

  /** What is being done about the step at hand. */
  enum Phase {
    /** The command is about to be, or has been, handed to the gate. */
    WRITING,
    /** The put's outcome is unknown and is being worked off by reading back. */
    RESOLVING,
    /** Written; the effect is being compared with the verification limits. */
    VERIFYING,
    /** The effect is as approved; the next step waits for the pace that the gate lets through. */
    WAITING
  }
}
