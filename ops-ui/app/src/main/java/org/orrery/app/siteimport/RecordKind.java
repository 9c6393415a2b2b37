package org.orrery.app.siteimport;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What kind of channel a record is, by its type and fields. */
sealed interface RecordKind {
  /** Types whose value goes out to a device or is a set value. */
  Set<String> OUTPUTS =
      Set.of(
          "ao",
          "longout",
          "int64out",
          "bo",
          "mbbo",
          "mbboDirect",
          "stringout",
          "lso",
          "aao",
          "busy",
          "motor");

  /** Types that only make others process. */
  Set<String> PROCESSING =
      Set.of("fanout", "dfanout", "seq", "sseq", "event", "aSub", "asyn", "state", "acalcout");

  /**
   * A channel.
   *
   * @param kind the kind as the facility description spells it
   * @param choices labels, for kind {@code choice}
   * @param severities the severity of each choice as EPICS spells it
   * @param guess why a person should look; empty where there is no guess
   */
  record Watched(String kind, List<String> choices, List<String> severities, String guess)
      implements RecordKind {
    public Watched {
      choices = List.copyOf(choices);
      severities = List.copyOf(severities);
    }
  }

  /** No channel. */
  record Skipped(String why) implements RecordKind {}

  /** The kind of a record. */
  static RecordKind of(EpicsRecord record) {
    return switch (record.type()) {
      case "ai", "ao", "calc", "calcout", "sub", "sel", "swait", "scalcout", "epid" ->
          plain("double", "");
      case "motor" -> plain("double", "a motor has many fields; this is its position");
      case "longin", "longout", "int64in", "int64out", "mbbiDirect", "mbboDirect" ->
          plain("long", "");
      case "stringin", "stringout", "lsi", "lso" -> plain("text", "");
      case "bi", "bo", "busy" -> twoStates(record);
      case "mbbi", "mbbo" -> manyStates(record);
      case "waveform", "aai", "aao", "subArray" -> array(record);
      case "compress", "histogram" -> plain("double-array", "");
      default ->
          PROCESSING.contains(record.type())
              ? new Skipped("a " + record.type() + " record has no value to watch")
              : new Skipped(
                  "record type '" + record.type() + "' is not known here; add it by hand");
    };
  }

  private static RecordKind plain(String kind, String guess) {
    return new Watched(kind, List.of(), List.of(), guess);
  }

  private static RecordKind twoStates(EpicsRecord record) {
    String zero = record.field("ZNAM");
    String one = record.field("ONAM");
    boolean named = !zero.isEmpty() && !one.isEmpty() && !zero.equals(one);
    return new Watched(
        "choice",
        named ? List.of(zero, one) : List.of("0", "1"),
        List.of(record.field("ZSV"), record.field("OSV")),
        named ? "" : "ZNAM and ONAM do not name two states");
  }

  private static RecordKind manyStates(EpicsRecord record) {
    String[] states = {
      "ZR", "ON", "TW", "TH", "FR", "FV", "SX", "SV", "EI", "NI", "TE", "EL", "TV", "TT", "FT", "FF"
    };
    int last = -1;
    for (int i = 0; i < states.length; i++) {
      last = record.field(states[i] + "ST").isEmpty() ? last : i;
    }
    if (last < 1) {
      return new Skipped("it names fewer than two states; add it by hand as kind choice");
    }
    List<String> choices = new ArrayList<>();
    List<String> severities = new ArrayList<>();
    boolean gap = false;
    for (int i = 0; i <= last; i++) {
      String label = record.field(states[i] + "ST");
      gap |= label.isEmpty() || choices.contains(label);
      choices.add(label.isEmpty() || choices.contains(label) ? "state " + i : label);
      severities.add(record.field(states[i] + "SV"));
    }
    return new Watched(
        "choice", choices, severities, gap ? "some states have no name of their own" : "");
  }

  private static RecordKind array(EpicsRecord record) {
    String type = record.field("FTVL").toUpperCase(Locale.ROOT);
    return switch (type) {
      case "" -> new Skipped("its FTVL is not set, and the default is an array of strings");
      case "STRING" -> new Skipped("an array of strings is no kind of channel");
      case "CHAR", "UCHAR" ->
          plain("double-array", "an array of characters may be a long text; then say kind: text");
      default -> plain("double-array", "");
    };
  }
}
