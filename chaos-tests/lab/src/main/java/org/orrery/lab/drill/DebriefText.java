package org.orrery.lab.drill;

import java.util.ArrayList;
import java.util.List;
import org.orrery.contract.drill.DrillDebrief;
import org.orrery.contract.drill.DrillEntry;
import org.orrery.contract.drill.DrillState;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.lab.drill.core.Wording;

/** A debrief as Markdown, for people who were not there. Stateless. */
final class DebriefText {
  private DebriefText() {}

  /** The whole text; the drill must be over. */
  static String of(DrillState state, Facility facility) {
    DrillDebrief debrief = state.debrief().orElseThrow();
    long startNs = state.startedNs().orElse(state.endedNs().orElseThrow());
    List<String> out = new ArrayList<>();
    out.add("# Debrief: " + state.sheet().title());
    out.add("");
    out.add(
        "A drill on a simulated detector (%s, level: %s). All times are plant time; %s plant seconds"
                .formatted(state.sheet().name(), state.sheet().level(), state.sheet().factor())
            + " passed in one second at the desk.");
    section(out, "In short");
    debrief.summary().forEach(sentence -> out.add("- " + sentence));
    section(out, "What happened");
    out.add("**" + debrief.cause() + "**");
    debrief
        .story()
        .forEach(
            paragraph -> {
              out.add("");
              out.add(paragraph);
            });
    if (!debrief.signs().isEmpty()) {
      section(out, "Where it showed");
      debrief
          .signs()
          .forEach(sign -> out.add("- " + name(facility, sign.channel()) + ": " + sign.text()));
    }
    if (!debrief.decoys().isEmpty()) {
      section(out, "What could mislead");
      debrief.decoys().forEach(decoy -> out.add("- " + decoy));
    }
    section(out, "The course");
    out.add("| after the start | what | who |");
    out.add("|---|---|---|");
    debrief.timeline().forEach(entry -> out.add(row(entry, startNs, facility)));
    duties(out, debrief, startNs);
    mistakes(out, debrief, startNs);
    figures(out, debrief);
    return String.join("\n", out) + "\n";
  }

  private static void duties(List<String> out, DrillDebrief debrief, long startNs) {
    section(out, "What should have been done");
    if (debrief.duties().isEmpty()) {
      out.add("Nothing.");
    }
    for (DrillDebrief.Duty duty : debrief.duties()) {
      String done =
          duty.doneNs().isPresent()
              ? "seen to at " + after(duty.doneNs().getAsLong(), startNs)
              : "not done";
      out.add("- %s (**%s**). %s".formatted(duty.text(), done, duty.why()));
    }
  }

  private static void mistakes(List<String> out, DrillDebrief debrief, long startNs) {
    section(out, "What should not have been done");
    if (debrief.mistakes().isEmpty()) {
      out.add("Nothing wrong was done.");
    }
    for (DrillDebrief.Mistake mistake : debrief.mistakes()) {
      out.add(
          "- %s: %s. %s %s"
              .formatted(
                  after(mistake.atNs(), startNs), mistake.text(), mistake.effect(), mistake.why()));
    }
  }

  private static void figures(List<String> out, DrillDebrief debrief) {
    section(out, "Figures");
    out.add("| time to | yours | reference |");
    out.add("|---|---|---|");
    for (DrillDebrief.Measure measure : debrief.measures()) {
      out.add(
          "| %s | %s | %s |"
              .formatted(
                  measure.what(),
                  Wording.duration(measure.tookNs(), "–"),
                  Wording.duration(measure.referenceNs(), "–")));
    }
    DrillDebrief.Loss loss = debrief.loss();
    out.add("");
    out.add(
        "Data were bad for %s of %s. They count as bad while %s."
            .formatted(
                Wording.duration(loss.lostNs()),
                Wording.duration(loss.elapsedNs()),
                loss.meaning()));
    out.add("");
    out.add(
        "Your diagnosis: %s. The right one: %s. %s"
            .formatted(
                debrief.answer().given().isEmpty() ? "none" : debrief.answer().given(),
                debrief.answer().correct(),
                debrief.answer().why()));
  }

  private static String row(DrillEntry entry, long startNs, Facility facility) {
    String verdict =
        switch (entry.verdict()) {
          case RIGHT -> " (right)";
          case WRONG -> " (wrong)";
          case NEUTRAL -> "";
        };
    return "| %s | %s: %s%s%s | %s |"
        .formatted(
            after(entry.atNs(), startNs),
            words(entry.kind()),
            where(entry, facility),
            entry.text().replace("|", "\\|").replace("\n", " "),
            verdict,
            entry.by());
  }

  private static String words(DrillEntry.Kind kind) {
    return switch (kind) {
      case STARTED -> "start";
      case HIDDEN -> "in the detector";
      case ALARM -> "alarm";
      case FINDING -> "Orrery finds";
      case RANKING -> "Orrery suspects";
      case PROPOSAL -> "Orrery proposes";
      case NOTICE -> "seen by the trainee";
      case DIAGNOSIS -> "the trainee's diagnosis";
      case SENT -> "asked for";
      case DONE -> "carried out";
      case FAILED -> "not carried out";
      case ACKNOWLEDGED -> "alarm acknowledged";
      case AGREED -> "agreed, another is needed";
      case APPROVED -> "approved";
      case REJECTED -> "rejected";
      case STOPPED_WRITING -> "Orrery writing stopped";
      case RECOVERED -> "well again";
      case ENDED -> "end";
    };
  }

  /** Alarms are about a channel. */
  private static String where(DrillEntry entry, Facility facility) {
    return switch (entry.kind()) {
      case ALARM, ACKNOWLEDGED -> name(facility, new ChannelId(entry.subject())) + ": ";
      default -> "";
    };
  }

  private static String after(long atNs, long startNs) {
    return "+" + Wording.duration(atNs - startNs);
  }

  private static String name(Facility facility, ChannelId id) {
    return facility.channel(id).map(Channel::description).orElse(id.value())
        + " (`"
        + id.value()
        + "`)";
  }

  private static void section(List<String> out, String title) {
    out.add("");
    out.add("## " + title);
    out.add("");
  }
}
