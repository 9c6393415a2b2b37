package org.orrery.supervision.core.lifecycle;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.orrery.contract.command.CommandId;

/**
 * Why an event does not move a proposal. The text is for people and names the remedy where there is
 * one.
 */
public sealed interface Refusal {
  /** One sentence for people. */
  String text();

  /** The event has no place in the present state. */
  record NotInThisState(String state, String event) implements Refusal {
    @Override
    public String text() {
      return "the proposal is " + state + ", where '" + event + "' has no place";
    }
  }

  /** The plan is not the one that the person saw. */
  record PlanChanged() implements Refusal {
    @Override
    public String text() {
      return "the plan changed since you saw it; read it again and decide on what it says now";
    }
  }

  /** The person may not decide this. */
  record NotEntitled(String person, String rule) implements Refusal {
    @Override
    public String text() {
      return person + " may not decide this: " + rule;
    }
  }

  /** The person has approved before; a second approval must come from somebody else. */
  record AlreadyApproved(String person) implements Refusal {
    @Override
    public String text() {
      return person + " has approved already; the next approval must come from somebody else";
    }
  }

  /** Who asked for a plan is not the one person whose yes it needs. */
  record AskedForIt(String person) implements Refusal {
    @Override
    public String text() {
      return person
          + " asked for this plan, and who asks for a plan does not approve it alone; another"
          + " expert has to look at it";
    }
  }

  /** The plan's time is over. */
  record TooLate() implements Refusal {
    @Override
    public String text() {
      return "the plan has expired; a new proposal will follow if its cause is still there";
    }
  }

  /** No step that was written declares that it may be taken back. */
  record NothingToUndo() implements Refusal {
    @Override
    public String text() {
      return "no step that was written declares an undo; the steps must be taken back by hand";
    }
  }

  /** What became of an undo is not known, or it may have been taken although it was refused. */
  record UndoInDoubt(CommandId command) implements Refusal {
    @Override
    public String text() {
      return "whether undo command "
          + command
          + " was written is not certain, and it is not written again on that; look at the device,"
          + " wait until the gate knows, or end the plan";
    }
  }

  /**
   * A step that is not taken back might still be written, after what it rests on is gone.
   *
   * @param leftNs how much longer at most, wall ns
   */
  record MayStillLand(CommandId command, String step, long leftNs) implements Refusal {
    @Override
    public String text() {
      return "what became of command "
          + command
          + " ("
          + step
          + ") is not known, and that step is not taken back: it might still be written after what"
          + " it rests on is gone; wait until the gate knows, "
          + TimeUnit.NANOSECONDS.toSeconds(leftNs)
          + " s at the longest";
    }
  }

  /**
   * A plan that ends gives its devices free, and one of its writes may still be made there.
   *
   * @param leftNs how much longer at most, wall ns
   */
  record WriteOpen(CommandId command, String step, long leftNs) implements Refusal {
    @Override
    public String text() {
      return "what became of command "
          + command
          + " ("
          + step
          + ") is not known yet, and others could write to its device once the plan has ended;"
          + " wait until the gate knows, "
          + TimeUnit.NANOSECONDS.toSeconds(leftNs)
          + " s at the longest. The plan is held, so nothing further of it is begun";
    }
  }

  /** A precondition does not hold. */
  record PreconditionBroken(List<String> broken) implements Refusal {
    public PreconditionBroken {
      broken = List.copyOf(broken);
    }

    @Override
    public String text() {
      return "a precondition does not hold: " + String.join("; ", broken);
    }
  }

  /** The news is about a command that is not the one at hand. */
  record OtherCommand(CommandId command) implements Refusal {
    @Override
    public String text() {
      return "command " + command + " is not the one at hand";
    }
  }

  /** Nothing that is not on record already. */
  record NothingNew() implements Refusal {
    @Override
    public String text() {
      return "nothing new";
    }
  }
}
