package org.orrery.app.siteimport;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A facility description for review by hand, and what went into it. The same input gives the same
 * bytes.
 *
 * @param yaml the description
 * @param channels how many channels it has
 * @param reviews how many places a person must look at
 * @param unknownUnits unit texts that the table does not know, and how many records show each
 * @param skipped what is not in it, and why
 */
public record FacilityDraft(
    String yaml,
    int channels,
    int reviews,
    Map<String, Integer> unknownUnits,
    List<String> skipped) {
  public FacilityDraft {
    unknownUnits = Collections.unmodifiableMap(new TreeMap<>(unknownUnits));
    skipped = List.copyOf(skipped);
  }

  /**
   * What the draft is called.
   *
   * @param name the facility's name
   * @param title the facility's title
   * @param zone an IANA time zone
   */
  public record Heading(String name, String title, String zone) {}

  static FacilityDraft of(Heading heading, DbReader databases, AlarmTree tree, NamingRule rule) {
    Assembly assembly = new Assembly(databases, tree, rule);
    List<EpicsRecord> records = new ArrayList<>(databases.records());
    records.sort(Comparator.comparing(EpicsRecord::name));
    records.forEach(assembly::add);
    assembly.addWhatOnlyTheTreeKnows(tree);
    databases.notes().forEach(assembly.skipped::add);
    tree.notes().forEach(assembly.skipped::add);
    YamlText text = header(heading, assembly.subsystems);
    assembly.channels.forEach(text::append);
    if (assembly.channels.isEmpty()) {
      text.raw("  []");
    }
    return new FacilityDraft(
        text.toString(),
        assembly.channels.size(),
        text.reviews(),
        assembly.unknownUnits,
        assembly.skipped);
  }

  private static YamlText header(Heading heading, Set<String> subsystems) {
    YamlText text = new YamlText();
    text.comment(
        0, "A draft, made from EPICS databases and an alarm tree. Every '# review:' marks");
    text.comment(
        0, "a guess: settle it, then take the line out. conf/facility.yaml explains the keys.");
    text.comment(0, "Nothing here is writable; what could be is proposed in comments.");
    text.key(0, "name", heading.name());
    text.key(0, "title", heading.title());
    text.key(0, "zone", heading.zone());
    text.raw("simulated: false");
    text.review(0, "the modes of the detector");
    text.raw("modes: [SHUTDOWN, STANDBY, PHYSICS]");
    text.raw("subsystems:");
    if (subsystems.isEmpty()) {
      text.raw("  []");
    }
    for (String subsystem : subsystems) {
      text.raw("  - name: " + YamlText.quote(subsystem));
      text.review(4, "title, who is called out, and which channels head the page");
      text.key(4, "title", subsystem);
      text.key(4, "call-out", "TO BE WRITTEN: who is called, and how");
      text.raw("    headline: []");
    }
    text.raw("channels:");
    return text;
  }

  /** Puts the channels together. */
  private static final class Assembly {
    private final Map<String, AlarmTree.Leaf> leaves = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    private final NamingRule rule;
    private final Map<String, String> ids = new LinkedHashMap<>();
    private final Set<String> subsystems = new TreeSet<>();
    private final Map<String, Integer> unknownUnits = new TreeMap<>();
    private final List<String> skipped = new ArrayList<>();
    private final List<YamlText> channels = new ArrayList<>();

    Assembly(DbReader databases, AlarmTree tree, NamingRule rule) {
      this.rule = rule;
      for (AlarmTree.Leaf leaf : tree.pvs()) {
        String pv = PvName.plain(leaf.pv());
        String record = databases.aliases().getOrDefault(pv, pv);
        leaves.putIfAbsent(record, leaf);
      }
    }

    void add(EpicsRecord record) {
      known.add(record.name());
      switch (RecordKind.of(record)) {
        case RecordKind.Skipped(String why) ->
            skipped.add(record.place() + ": " + record.name() + ": " + why);
        case RecordKind.Watched watched -> {
          String egu = record.field("EGU");
          if (Units.ucum(egu).isEmpty()) {
            unknownUnits.merge(egu, 1, Integer::sum);
          }
          channels.add(
              ChannelText.of(record, watched, named(record.name()), leaves.get(record.name())));
        }
      }
    }

    void addWhatOnlyTheTreeKnows(AlarmTree tree) {
      for (AlarmTree.Leaf leaf : tree.pvs()) {
        String pv = PvName.plain(leaf.pv());
        if (leaves.get(pv) != leaf || known.contains(pv)) {
          continue;
        }
        if (!PvName.isRecord(pv)) {
          skipped.add(leaf.place() + ": " + leaf.pv() + ": not a PV of a control system");
          continue;
        }
        channels.add(ChannelText.of(leaf, pv, named(pv)));
      }
    }

    /** A name of its own for every channel, the same on every run. */
    private NamingRule.Named named(String pv) {
      NamingRule.Named named = rule.name(pv);
      String id = named.id();
      int number = 2;
      while (ids.containsKey(id)) {
        id = named.id() + "-" + number++;
      }
      ids.put(id, pv);
      subsystems.add(named.subsystem());
      String guess =
          id.equals(named.id())
              ? named.guess()
              : "the id of " + ids.get(named.id()) + " is the same but for the number; rename it";
      return new NamingRule.Named(id, named.subsystem(), named.device(), guess);
    }
  }
}
