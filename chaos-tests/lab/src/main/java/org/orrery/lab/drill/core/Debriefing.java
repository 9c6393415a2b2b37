package org.orrery.lab.drill.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.orrery.contract.drill.DrillDebrief;
import org.orrery.contract.drill.DrillDebrief.Answer;
import org.orrery.contract.drill.DrillDebrief.Duty;
import org.orrery.contract.drill.DrillDebrief.Loss;
import org.orrery.contract.drill.DrillDebrief.Measure;
import org.orrery.contract.drill.DrillDebrief.Mistake;
import org.orrery.contract.drill.DrillEntry;
import org.orrery.contract.drill.DrillEntry.Kind;
import org.orrery.contract.drill.DrillEntry.Verdict;
import org.orrery.contract.drill.DrillSheet;
import org.orrery.lab.drill.core.DrillScenario.Judgement;

/** Makes the debrief of a drill that is over; nothing but the record counts. Immutable. */
final class Debriefing {
  private final DrillScenario scenario;
  private final Progress progress;
  private final long startNs;
  private final long endNs;
  private final OptionalLong recoveredNs;

  Debriefing(DrillScenario scenario, Progress progress) {
    this.scenario = scenario;
    this.progress = progress;
    this.endNs = progress.endedNs().orElseThrow();
    this.startNs = progress.startedNs().orElse(endNs);
    // Whoever ends a drill by hand once all is well need not wait for it to hold.
    this.recoveredNs = progress.recovery().goodSinceNs();
  }

  DrillDebrief debrief() {
    Answer answer = answer();
    List<Measure> measures = measures(answer);
    List<Mistake> mistakes = mistakes();
    List<Duty> duties = duties();
    Loss loss = new Loss(progress.exposure().lostNs(), endNs - startNs, scenario.loss().meaning());
    return new DrillDebrief(
        new Summary(scenario, measures, answer, mistakes, duties, loss, falseCalls()).sentences(),
        scenario.truth().cause(),
        scenario.truth().story(),
        scenario.truth().signs(),
        scenario.truth().decoys(),
        progress.onsetNs(),
        timeline(),
        measures,
        answer,
        duties,
        mistakes,
        loss,
        progress.traces());
  }

  /** When trouble can have been noticed from; the start where nothing is wrong. */
  private long onsetNs() {
    return progress.onsetNs().orElse(startNs);
  }

  private List<Measure> measures(Answer answer) {
    return List.of(
        measure("notice", noticedNs(), scenario.reference().noticeNs()),
        measure("diagnose", diagnosedNs(answer), scenario.reference().diagnoseNs()),
        measure("recover", recoveredNs, scenario.reference().recoverNs()));
  }

  private Measure measure(String what, OptionalLong atNs, OptionalLong referenceNs) {
    OptionalLong took =
        atNs.isPresent() && progress.onsetNs().isPresent()
            ? OptionalLong.of(Math.max(0, atNs.getAsLong() - onsetNs()))
            : OptionalLong.empty();
    return new Measure(what, took, referenceNs);
  }

  /** Whoever names a cause, acts or approves has noticed as well. */
  private OptionalLong noticedNs() {
    return first(
        entry ->
            entry.atNs() >= onsetNs()
                && switch (entry.kind()) {
                  case NOTICE, DIAGNOSIS, SENT, APPROVED -> true;
                  default -> false;
                });
  }

  /** When the trainee came to the right diagnosis and stayed with it. */
  private OptionalLong diagnosedNs(Answer answer) {
    if (!answer.right()) {
      return OptionalLong.empty();
    }
    OptionalLong since = OptionalLong.empty();
    for (DrillEntry entry : progress.record()) {
      if (entry.kind() == Kind.DIAGNOSIS) {
        boolean right = isRight(entry.subject());
        since =
            !right
                ? OptionalLong.empty()
                : since.isPresent() ? since : OptionalLong.of(entry.atNs());
      }
    }
    return since;
  }

  private boolean isRight(String diagnosis) {
    DrillScenario.Answer answer = scenario.answers().get(diagnosis);
    return answer != null && answer.right();
  }

  private Answer answer() {
    DrillSheet.Choice correct =
        scenario.sheet().diagnoses().stream()
            .filter(choice -> isRight(choice.id()))
            .findFirst()
            .orElseThrow();
    String rightWhy = scenario.answer(correct.id()).why();
    Optional<DrillEntry> last =
        progress.record().stream().filter(e -> e.kind() == Kind.DIAGNOSIS).reduce((a, b) -> b);
    if (last.isEmpty()) {
      return new Answer("", false, correct.title(), rightWhy);
    }
    String id = last.get().subject();
    String given =
        scenario.sheet().diagnoses().stream()
            .filter(choice -> choice.id().equals(id))
            .findFirst()
            .orElseThrow()
            .title();
    return new Answer(given, isRight(id), correct.title(), scenario.answer(id).why());
  }

  private List<Mistake> mistakes() {
    List<Mistake> mistakes = new ArrayList<>();
    for (DrillEntry entry : progress.record()) {
      judgement(entry)
          .filter(judgement -> judgement.verdict() == Verdict.WRONG)
          .ifPresent(
              judgement ->
                  mistakes.add(
                      new Mistake(
                          entry.atNs(), entry.text(), judgement.effect(), judgement.why())));
    }
    return mistakes;
  }

  /** The judgement on something that was done; empty for all else. */
  private Optional<Judgement> judgement(DrillEntry entry) {
    return switch (entry.kind()) {
      case DONE ->
          Optional.ofNullable(scenario.acts().get(entry.subject()))
              .map(DrillScenario.Act::judgement);
      case APPROVED ->
          scenario.proposals().entrySet().stream()
              .filter(known -> isOf(entry.subject(), known.getKey()))
              .map(Map.Entry::getValue)
              .findFirst();
      default -> Optional.empty();
    };
  }

  /** Playbooks carry their version: {@code start-standby-pump/1}. */
  private static boolean isOf(String playbook, String name) {
    return playbook.equals(name) || playbook.startsWith(name + "/");
  }

  private List<Duty> duties() {
    return scenario.duties().stream()
        .map(
            duty ->
                new Duty(
                    duty.text(),
                    duty.why(),
                    first(entry -> duty.by().stream().anyMatch(how -> does(entry, how)))))
        .toList();
  }

  private boolean carriedOut(String act) {
    return progress.record().stream()
        .anyMatch(entry -> entry.kind() == Kind.DONE && entry.subject().equals(act));
  }

  /**
   * Whether an entry fulfils a duty. What somebody is sent for counts from when they were sent, if
   * it was carried out in the end: the walk is not the trainee's.
   */
  private boolean does(DrillEntry entry, String how) {
    int colon = how.indexOf(':');
    String verb = colon < 0 ? how : how.substring(0, colon);
    String object = how.substring(colon + 1);
    return switch (verb) {
      case "notice" -> entry.kind() == Kind.NOTICE;
      case "diagnosis" -> entry.kind() == Kind.DIAGNOSIS && entry.subject().equals(object);
      case "approve" -> entry.kind() == Kind.APPROVED && isOf(entry.subject(), object);
      case "reject" -> entry.kind() == Kind.REJECTED && isOf(entry.subject(), object);
      default -> entry.kind() == Kind.SENT && entry.subject().equals(how) && carriedOut(how);
    };
  }

  private OptionalLong first(Predicate<DrillEntry> fits) {
    return progress.record().stream().filter(fits).mapToLong(DrillEntry::atNs).min();
  }

  /** How often the trainee called trouble before there was any. */
  private long falseCalls() {
    boolean never = progress.onsetNs().isEmpty();
    return progress.record().stream()
        .filter(e -> e.kind() == Kind.NOTICE && (never || e.atNs() < onsetNs()))
        .count();
  }

  private List<DrillEntry> timeline() {
    List<DrillEntry> all = new ArrayList<>();
    for (DrillEntry entry : progress.record()) {
      all.add(entry.judged(verdict(entry)));
    }
    if (recoveredNs.isPresent()) {
      all.add(
          new DrillEntry(
              recoveredNs.getAsLong(),
              Kind.RECOVERED,
              "",
              "the detector is well again",
              "",
              Verdict.NEUTRAL));
    }
    all.sort(Comparator.comparingLong(DrillEntry::atNs));
    return all;
  }

  private Verdict verdict(DrillEntry entry) {
    return switch (entry.kind()) {
      case DIAGNOSIS -> isRight(entry.subject()) ? Verdict.RIGHT : Verdict.WRONG;
      case NOTICE ->
          progress.onsetNs().isEmpty() || entry.atNs() < onsetNs()
              ? Verdict.NEUTRAL
              : Verdict.RIGHT;
      default -> judgement(entry).map(Judgement::verdict).orElse(Verdict.NEUTRAL);
    };
  }
}
