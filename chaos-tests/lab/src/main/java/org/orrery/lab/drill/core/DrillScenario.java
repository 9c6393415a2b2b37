package org.orrery.lab.drill.core;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.orrery.contract.drill.DrillDebrief;
import org.orrery.contract.drill.DrillEntry.Verdict;
import org.orrery.contract.drill.DrillSheet;
import org.orrery.contract.facility.ChannelId;

/**
 * A drill as it is written down: what the trainee may know, and the hidden truth. Deeply immutable.
 *
 * @param sheet what the trainee may know beforehand
 * @param timeline what is done to the simulated detector, hidden from the trainee
 * @param truth what it means
 * @param answers the judgement on each diagnosis, by id
 * @param acts what each action at the rack does, by id
 * @param proposals the judgement on approving a proposal of a playbook, by the playbook's name
 * @param duties what should be done
 * @param reference how long a good shifter takes
 * @param recovery when the detector is well again; absent where nothing has to be brought back
 * @param loss when data are bad
 * @param traces the telling channels, to be plotted
 */
public record DrillScenario(
    DrillSheet sheet,
    List<Order> timeline,
    Truth truth,
    Map<String, Answer> answers,
    Map<String, Act> acts,
    Map<String, Judgement> proposals,
    List<Duty> duties,
    Reference reference,
    Optional<RecoveryRule> recovery,
    LossRule loss,
    List<ChannelId> traces) {
  public DrillScenario {
    timeline = List.copyOf(timeline);
    answers = Map.copyOf(answers);
    acts = Map.copyOf(acts);
    proposals = Map.copyOf(proposals);
    duties = List.copyOf(duties);
    traces = List.copyOf(traces);
  }

  /** The judgement on a diagnosis of the sheet. */
  public Answer answer(String diagnosis) {
    return Objects.requireNonNull(answers.get(diagnosis), diagnosis);
  }

  /** What an action of the sheet does. */
  public Act act(String action) {
    return Objects.requireNonNull(acts.get(action), action);
  }

  /** Every channel that the drill reads. */
  public Set<ChannelId> watched() {
    Set<ChannelId> all = new LinkedHashSet<>(traces);
    recovery.ifPresent(rule -> rule.when().forEach(c -> all.add(c.channel())));
    loss.when().forEach(c -> all.add(c.channel()));
    return all;
  }

  /**
   * One hidden order.
   *
   * @param atNs when, plant ns after the start
   * @param spreadNs up to how much later, decided by the seed, plant ns
   * @param line a line of the simulator's own control
   * @param meaning what it is, for the debrief
   * @param onset whether the trouble begins with it
   */
  public record Order(long atNs, long spreadNs, String line, String meaning, boolean onset) {}

  /**
   * What happened.
   *
   * @param cause the root cause in plain words
   * @param story what follows from it, in paragraphs
   * @param signs where it shows
   * @param decoys what looks like something else
   */
  public record Truth(
      String cause, List<String> story, List<DrillDebrief.Sign> signs, List<String> decoys) {
    public Truth {
      story = List.copyOf(story);
      signs = List.copyOf(signs);
      decoys = List.copyOf(decoys);
    }
  }

  /**
   * The judgement on a diagnosis.
   *
   * @param right whether it is the right one
   * @param why why
   */
  public record Answer(boolean right, String why) {}

  /**
   * What an action at the rack does.
   *
   * @param lines lines of the simulator's own control, given in order; none for a telephone call
   * @param judgement whether it is right
   */
  public record Act(List<String> lines, Judgement judgement) {
    public Act {
      lines = List.copyOf(lines);
    }
  }

  /**
   * The judgement on something done.
   *
   * @param verdict whether it is right
   * @param effect what it does to the detector
   * @param why why it is right or wrong
   */
  public record Judgement(Verdict verdict, String effect, String why) {}

  /**
   * Something that should be done.
   *
   * @param text what
   * @param why why
   * @param by any of these does it: an action's id, {@code approve:PLAYBOOK}, {@code
   *     reject:PLAYBOOK}, {@code diagnosis:ID} or {@code notice}
   */
  public record Duty(String text, String why, List<String> by) {
    public Duty {
      by = List.copyOf(by);
    }
  }

  /**
   * How long a good shifter takes from the onset, plant ns; absent where there is nothing to do.
   *
   * @param noticeNs to notice
   * @param diagnoseNs to name the cause
   * @param recoverNs to have the detector well again
   */
  public record Reference(OptionalLong noticeNs, OptionalLong diagnoseNs, OptionalLong recoverNs) {}

  /**
   * When the detector is well again.
   *
   * @param when all of these hold
   * @param holdNs for so long without a break, plant ns
   * @param lingerNs after which the drill goes on for so long, plant ns
   */
  public record RecoveryRule(List<Condition> when, long holdNs, long lingerNs) {
    public RecoveryRule {
      when = List.copyOf(when);
    }
  }

  /**
   * When data are bad.
   *
   * @param when any of these holds
   * @param meaning the same in words
   */
  public record LossRule(List<Condition> when, String meaning) {
    public LossRule {
      when = List.copyOf(when);
    }
  }
}
