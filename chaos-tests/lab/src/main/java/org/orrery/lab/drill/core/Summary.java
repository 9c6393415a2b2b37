package org.orrery.lab.drill.core;

import java.util.ArrayList;
import java.util.List;
import org.orrery.contract.drill.DrillDebrief.Answer;
import org.orrery.contract.drill.DrillDebrief.Duty;
import org.orrery.contract.drill.DrillDebrief.Loss;
import org.orrery.contract.drill.DrillDebrief.Measure;
import org.orrery.contract.drill.DrillDebrief.Mistake;

/**
 * The debrief in a few plain sentences.
 *
 * @param scenario what was played
 * @param measures how long it took to notice, to diagnose and to recover, in this order
 * @param answer the trainee's last diagnosis
 * @param mistakes what should not have been done
 * @param duties what should have been done
 * @param loss what became of the data
 * @param falseCalls how often the trainee called trouble before there was any
 */
record Summary(
    DrillScenario scenario,
    List<Measure> measures,
    Answer answer,
    List<Mistake> mistakes,
    List<Duty> duties,
    Loss loss,
    long falseCalls) {

  List<String> sentences() {
    List<String> all = new ArrayList<>();
    all.add(notice(measures.get(0)));
    all.add(diagnosis(measures.get(1)));
    if (measures.get(2).referenceNs().isPresent()) {
      all.add(recovery(measures.get(2)));
    }
    if (falseCalls > 0) {
      all.add(
          "You called trouble %s when there was none."
              .formatted(falseCalls == 1 ? "once" : falseCalls + " times"));
    }
    all.add(deeds());
    all.add(data());
    return all;
  }

  private static String notice(Measure measure) {
    if (measure.referenceNs().isEmpty()) {
      return "There was nothing that had to be noticed in a hurry.";
    }
    return measure.tookNs().isEmpty()
        ? "You did not say that something was wrong."
        : "You noticed after %s; a good shifter takes %s."
            .formatted(
                Wording.duration(measure.tookNs().getAsLong()),
                Wording.duration(measure.referenceNs().getAsLong()));
  }

  private String diagnosis(Measure measure) {
    if (answer.given().isEmpty()) {
      return "You gave no diagnosis; it was: %s.".formatted(answer.correct());
    }
    if (!answer.right()) {
      return "Your diagnosis was wrong: you said \"%s\", it was \"%s\"."
          .formatted(answer.given(), answer.correct());
    }
    return measure.tookNs().isEmpty()
        ? "Your diagnosis was right: %s.".formatted(answer.given())
        : "Your diagnosis was right after %s: %s."
            .formatted(Wording.duration(measure.tookNs().getAsLong()), answer.given());
  }

  private static String recovery(Measure measure) {
    return measure.tookNs().isEmpty()
        ? "The detector was not brought back before the drill was over."
        : "The detector was well again after %s; a good crew takes %s."
            .formatted(
                Wording.duration(measure.tookNs().getAsLong()),
                Wording.duration(measure.referenceNs().orElse(0)));
  }

  private String deeds() {
    long done = duties.stream().filter(duty -> duty.doneNs().isPresent()).count();
    String right =
        duties.isEmpty()
            ? "Nothing had to be done"
            : "Of %d things to do, %d %s done"
                .formatted(duties.size(), done, done == 1 ? "was" : "were");
    String wrong =
        switch (mistakes.size()) {
          case 0 -> "nothing wrong was done";
          case 1 -> "one thing was done that should not have been";
          default -> mistakes.size() + " things were done that should not have been";
        };
    return right + "; " + wrong + ".";
  }

  private String data() {
    double share = loss.elapsedNs() <= 0 ? 0 : 100.0 * loss.lostNs() / loss.elapsedNs();
    return "Data were bad for %s of %s (%.0f %%)."
        .formatted(Wording.duration(loss.lostNs()), Wording.duration(loss.elapsedNs()), share);
  }
}
