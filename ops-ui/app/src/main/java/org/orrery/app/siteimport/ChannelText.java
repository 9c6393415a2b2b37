package org.orrery.app.siteimport;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One channel of the draft as YAML. Stateless. */
final class ChannelText {
  private static final Pattern PERIOD = Pattern.compile("([0-9.]+) *(second|minute|hour|Hz)s?");
  private static final String TO_BE_WRITTEN = "TO BE WRITTEN: what the shifter does";

  private ChannelText() {}

  /** A channel of a record, with what the alarm tree says of it. */
  static YamlText of(
      EpicsRecord record,
      RecordKind.Watched watched,
      NamingRule.Named named,
      AlarmTree.@Nullable Leaf leaf) {
    YamlText text = head(named, record.name(), record.place() + ", record type " + record.type());
    guess(text, watched.guess());
    if (!watched.kind().equals("double")) {
      text.key(4, "kind", watched.kind());
    }
    unit(text, record.field("EGU"));
    place(text, named);
    String described = record.field("DESC");
    description(text, described, leaf, record.name());
    if (!watched.choices().isEmpty()) {
      text.raw("    choices: " + YamlText.list(watched.choices()));
    }
    cadence(text, record);
    deadBand(text, record);
    alarm(text, record, watched, leaf);
    if (RecordKind.OUTPUTS.contains(record.type())) {
      proposeWriting(text, record, watched);
    }
    return text;
  }

  /** A channel that only the alarm tree knows. */
  static YamlText of(AlarmTree.Leaf leaf, String pv, NamingRule.Named named) {
    YamlText text = head(named, pv, leaf.place() + ", known from the alarm tree only");
    text.review(4, "no database has this PV; its kind and unit are guesses");
    text.key(4, "kind", "double");
    place(text, named);
    description(text, "", leaf, pv);
    treeNotes(text, leaf);
    return text;
  }

  private static YamlText head(NamingRule.Named named, String pv, String from) {
    YamlText text = new YamlText();
    text.raw("  - id: " + YamlText.quote(named.id()));
    text.comment(4, from);
    text.raw("    pv: " + YamlText.quote(pv));
    return text;
  }

  private static void guess(YamlText text, String guess) {
    if (!guess.isEmpty()) {
      text.review(4, guess);
    }
  }

  private static void unit(YamlText text, String egu) {
    if (egu.isEmpty()) {
      return;
    }
    Optional<String> ucum = Units.ucum(egu);
    if (ucum.isEmpty()) {
      text.review(4, "the unit '" + egu + "' is not in the table; write its UCUM code");
    }
    text.key(4, "unit", ucum.orElse(egu));
    if (!ucum.orElse(egu).equals(egu)) {
      text.key(4, "egu", egu);
    }
  }

  private static void place(YamlText text, NamingRule.Named named) {
    guess(text, named.guess());
    text.key(4, "subsystem", named.subsystem());
    text.key(4, "device", named.device());
  }

  private static void description(
      YamlText text, String described, AlarmTree.@Nullable Leaf leaf, String pv) {
    String ofTree = leaf == null ? "" : leaf.setting("description").replaceFirst("^[*!]+ *", "");
    String best = described.isEmpty() ? ofTree : described;
    if (best.isEmpty()) {
      text.review(4, "neither DESC nor the alarm tree describes it");
    }
    text.key(4, "description", best.isEmpty() ? pv : best);
  }

  private static void cadence(YamlText text, EpicsRecord record) {
    Matcher period = PERIOD.matcher(record.field("SCAN"));
    if (!period.matches()) {
      return;
    }
    String number = period.group(1);
    String line =
        switch (period.group(2)) {
          case "second" -> seconds(number);
          case "minute" -> number + " min";
          case "hour" -> number + " h";
          default -> seconds(String.valueOf(1 / Double.parseDouble(number)));
        };
    boolean postsAll = record.number("MDEL").orElse(0) < 0;
    if (postsAll) {
      text.key(4, "cadence", line);
    } else {
      text.review(
          4,
          "scanned, but only changes are sent (MDEL is not -1); with a cadence, a value that does"
              + " not change raises a stale alarm");
      text.proposal(4, "cadence: " + line);
    }
  }

  private static String seconds(String number) {
    double value = Double.parseDouble(number);
    return value < 1
        ? YamlText.number(Math.round(value * 1e6) / 1e3) + " ms"
        : YamlText.number(value) + " s";
  }

  private static void deadBand(YamlText text, EpicsRecord record) {
    OptionalDouble monitored = record.number("MDEL");
    OptionalDouble archived = record.number("ADEL");
    if (monitored.orElse(0) > 0) {
      text.number(4, "dead-band", monitored.getAsDouble());
    } else if (archived.orElse(0) > 0) {
      text.review(4, "ADEL, the dead-band of archiving, stands in for the MDEL that is not set");
      text.number(4, "dead-band", archived.getAsDouble());
    }
  }

  private static void alarm(
      YamlText text,
      EpicsRecord record,
      RecordKind.Watched watched,
      AlarmTree.@Nullable Leaf leaf) {
    LimitFields limits = LimitFields.of(record);
    List<String> bad = new ArrayList<>();
    for (int i = 0; i < watched.choices().size(); i++) {
      if (LimitFields.isAlarm(watched.severities().get(i))) {
        bad.add(watched.choices().get(i));
      }
    }
    limits.remarks().forEach(remark -> text.review(4, remark));
    boolean limited = !limits.isEmpty() && !watched.kind().equals("choice");
    if (!limited && bad.isEmpty()) {
      if (leaf != null) {
        treeNotes(text, leaf);
      }
      return;
    }
    text.raw("    alarm:");
    if (limited) {
      text.raw("      limits: " + limits.yaml());
      double hysteresis = record.number("HYST").orElse(0);
      if (hysteresis > 0) {
        text.number(6, "hysteresis", hysteresis);
      }
    }
    if (leaf != null && delay(leaf).isPresent()) {
      text.comment(6, "the delay that Phoebus waits");
      text.key(6, "on-delay", delay(leaf).get());
    }
    if (!bad.isEmpty()) {
      text.raw("      choices: " + YamlText.list(bad));
      if (watched.severities().contains("MINOR")) {
        text.review(6, "a minor state of EPICS is a major alarm here; take out what is not");
      }
    }
    text.review(6, "a priority is for the site to give");
    text.key(6, "priority", "medium");
    String response = leaf == null ? "" : String.join("; ", leaf.guidance());
    if (response.isEmpty()) {
      text.review(6, "an alarm without a response is no alarm; write it or take the limits out");
    }
    text.key(6, "response", response.isEmpty() ? TO_BE_WRITTEN : response);
    if (leaf != null) {
      treeNotes(text, leaf);
    }
  }

  private static Optional<String> delay(AlarmTree.Leaf leaf) {
    try {
      double seconds = Double.parseDouble(leaf.setting("delay"));
      return seconds > 0 ? Optional.of(YamlText.number(seconds) + " s") : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static void treeNotes(YamlText text, AlarmTree.Leaf leaf) {
    text.comment(4, "Phoebus keeps this alarm at /" + String.join("/", leaf.path()));
    String enabled = leaf.setting("enabled");
    if (!enabled.isEmpty() && !enabled.equalsIgnoreCase("true")) {
      text.review(4, "Phoebus has it disabled (" + enabled + ")");
    }
    if (!leaf.setting("filter").isEmpty()) {
      text.review(
          4, "Phoebus alarms only while '" + leaf.setting("filter") + "'; here use limits-by-mode");
    }
    if (!leaf.setting("count").isEmpty() && !leaf.setting("count").equals("0")) {
      text.review(
          4, "Phoebus also alarms after " + leaf.setting("count") + " times within its delay");
    }
  }

  private static void proposeWriting(
      YamlText text, EpicsRecord record, RecordKind.Watched watched) {
    text.review(
        4, "EPICS can write it; nothing is writable by import. To allow it, complete this:");
    text.proposal(4, "write:");
    boolean isNumber = watched.kind().equals("double") || watched.kind().equals("long");
    OptionalDouble low = record.number("DRVL");
    OptionalDouble high = record.number("DRVH");
    if (isNumber && low.isPresent() && high.isPresent() && low.getAsDouble() < high.getAsDouble()) {
      String range =
          YamlText.number(low.getAsDouble()) + ", " + YamlText.number(high.getAsDouble());
      text.proposal(4, "  range: [" + range + "]         # DRVL and DRVH");
      text.proposal(4, "  max-step: ...");
      text.proposal(4, "  min-interval: 1 s");
    } else if (isNumber) {
      text.proposal(4, "  range: [..., ...]         # DRVL and DRVH are not set");
    }
    text.proposal(4, "  readback: ...");
    text.proposal(4, "  safe-direction: none");
  }
}
