package org.orrery.lab.drill;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.orrery.contract.drill.DrillDebrief.Sign;
import org.orrery.contract.drill.DrillEntry.Verdict;
import org.orrery.contract.drill.DrillSheet;
import org.orrery.contract.facility.ChannelId;
import org.orrery.lab.drill.core.Condition;
import org.orrery.lab.drill.core.DrillScenario;
import org.orrery.lab.drill.core.DrillScenario.Judgement;

/** Reads a drill's file; {@code quiet-pump.yaml} explains every key. Not thread-safe. */
public final class DrillFile {
  private static final long MINUTE_NS = 60_000_000_000L;

  private final List<String> problems = new ArrayList<>();
  private final List<DrillSheet.Choice> choices = new ArrayList<>();
  private final Map<String, DrillScenario.Answer> answers = new HashMap<>();
  private final List<DrillSheet.RackAction> actions = new ArrayList<>();
  private final Map<String, DrillScenario.Act> acts = new HashMap<>();
  private final Map<String, Judgement> proposals = new LinkedHashMap<>();

  private DrillFile() {}

  /**
   * Reads a text.
   *
   * @param file the file name for messages
   * @throws DrillFileException with every problem, if there is any
   */
  public static DrillScenario parse(String file, String yaml) throws DrillFileException {
    DrillFile reader = new DrillFile();
    DrillScenario scenario = reader.read(StrictMap.of(file, yaml, reader.problems));
    if (!reader.problems.isEmpty()) {
      throw new DrillFileException(reader.problems);
    }
    return scenario;
  }

  private DrillScenario read(StrictMap root) {
    root.maps("diagnoses").forEach(this::diagnosis);
    root.maps("actions").forEach(this::action);
    root.maps("proposals").forEach(this::proposal);
    if (answers.values().stream().filter(DrillScenario.Answer::right).count() != 1) {
      root.problem("diagnoses", "exactly one of the diagnoses must be right: true");
    }
    DrillSheet sheet =
        new DrillSheet(
            root.required("name"),
            root.required("title"),
            root.required("level"),
            root.texts("briefing"),
            root.number("factor").orElse(0),
            root.requiredDuration("length"),
            choices,
            actions);
    if (!(sheet.factor() >= 1 && sheet.factor() <= 60)) {
      root.problem("factor", "'factor' must lie from 1 to 60, which the twin can follow");
    }
    if (sheet.briefing().isEmpty()) {
      root.problem("briefing", "'briefing' must be a list of paragraphs; add one");
    }
    List<DrillScenario.Order> timeline =
        root.maps("timeline").stream().map(map -> order(map, sheet.lengthNs())).toList();
    if (timeline.stream().filter(DrillScenario.Order::onset).count() > 1) {
      root.problem("timeline", "the trouble can begin only once; leave one onset: true");
    }
    boolean hasOnset = timeline.stream().anyMatch(DrillScenario.Order::onset);
    Optional<DrillScenario.RecoveryRule> recovery = root.map("recovered").map(this::recovery);
    if (recovery.isPresent() && !hasOnset) {
      root.problem("recovered", "without an order with onset: true nothing can recover");
    }
    DrillScenario scenario =
        new DrillScenario(
            sheet,
            timeline,
            truth(root.requiredMap("truth")),
            answers,
            acts,
            proposals,
            root.maps("duties").stream().map(this::duty).toList(),
            reference(root.map("reference")),
            recovery,
            loss(root.requiredMap("loss")),
            traces(root));
    root.finish();
    return scenario;
  }

  private void diagnosis(StrictMap map) {
    String id = map.required("id");
    choices.add(new DrillSheet.Choice(id, map.required("title")));
    if (answers.put(id, new DrillScenario.Answer(map.flag("right"), map.required("why"))) != null) {
      map.problem("id", "diagnosis '" + id + "' is described twice; rename one");
    }
    map.finish();
  }

  private void action(StrictMap map) {
    String id = map.required("id");
    actions.add(new DrillSheet.RackAction(id, map.required("title"), map.requiredDuration("walk")));
    List<String> lines = map.texts("orders");
    if (acts.put(id, new DrillScenario.Act(lines, judgement(map))) != null) {
      map.problem("id", "action '" + id + "' is described twice; rename one");
    }
    map.finish();
  }

  private void proposal(StrictMap map) {
    String playbook = map.required("playbook");
    if (proposals.put(playbook, judgement(map)) != null) {
      map.problem("playbook", "playbook '" + playbook + "' is judged twice; keep one");
    }
    map.finish();
  }

  private static Judgement judgement(StrictMap map) {
    String text = map.required("verdict");
    Verdict verdict = Verdict.NEUTRAL;
    try {
      verdict = Verdict.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      map.problem("verdict", "'verdict' must be right, wrong or neutral, got '" + text + "'");
    }
    return new Judgement(verdict, map.required("effect"), map.required("why"));
  }

  private static DrillScenario.Order order(StrictMap map, long lengthNs) {
    DrillScenario.Order order =
        new DrillScenario.Order(
            map.requiredDuration("at"),
            map.duration("spread").orElse(0),
            map.required("order"),
            map.required("meaning"),
            map.flag("onset"));
    if (order.atNs() + order.spreadNs() >= lengthNs) {
      map.problem("at", "an order must come before the drill is over");
    }
    map.finish();
    return order;
  }

  private static DrillScenario.Truth truth(StrictMap map) {
    List<Sign> signs = new ArrayList<>();
    for (StrictMap sign : map.maps("signs")) {
      String text = sign.required("text");
      sign.channel("channel").ifPresent(channel -> signs.add(new Sign(channel, text)));
      sign.finish();
    }
    DrillScenario.Truth truth =
        new DrillScenario.Truth(
            map.required("cause"), map.texts("story"), signs, map.texts("decoys"));
    if (truth.story().isEmpty()) {
      map.problem("story", "'story' must be a list of paragraphs; add one");
    }
    map.finish();
    return truth;
  }

  private DrillScenario.Duty duty(StrictMap map) {
    DrillScenario.Duty duty =
        new DrillScenario.Duty(map.required("text"), map.required("why"), map.texts("by"));
    Set<String> known = new HashSet<>(acts.keySet());
    known.add("notice");
    answers.keySet().forEach(id -> known.add("diagnosis:" + id));
    for (String how : duty.by()) {
      if (!known.contains(how) && !how.startsWith("approve:") && !how.startsWith("reject:")) {
        map.problem(
            "by", "'" + how + "' is none of " + known.stream().sorted().toList() + ", approve:…");
      }
    }
    if (duty.by().isEmpty()) {
      map.problem("by", "'by' must list what does this duty; add one");
    }
    map.finish();
    return duty;
  }

  private static DrillScenario.Reference reference(Optional<StrictMap> map) {
    DrillScenario.Reference reference =
        new DrillScenario.Reference(
            map.map(m -> m.duration("notice")).orElse(OptionalLong.empty()),
            map.map(m -> m.duration("diagnose")).orElse(OptionalLong.empty()),
            map.map(m -> m.duration("recover")).orElse(OptionalLong.empty()));
    map.ifPresent(StrictMap::finish);
    return reference;
  }

  private DrillScenario.RecoveryRule recovery(StrictMap map) {
    DrillScenario.RecoveryRule rule =
        new DrillScenario.RecoveryRule(
            conditions(map),
            map.requiredDuration("hold"),
            map.duration("linger").orElse(10 * MINUTE_NS));
    map.finish();
    return rule;
  }

  private DrillScenario.LossRule loss(StrictMap map) {
    DrillScenario.LossRule rule =
        new DrillScenario.LossRule(conditions(map), map.required("meaning"));
    map.finish();
    return rule;
  }

  private static List<Condition> conditions(StrictMap map) {
    List<Condition> conditions = new ArrayList<>();
    for (StrictMap item : map.maps("when")) {
      Optional<ChannelId> channel = item.channel("channel");
      Condition condition =
          new Condition(
              channel.orElse(new ChannelId("none")),
              item.number("below"),
              item.number("above"),
              item.text("shows"));
      int tests =
          (condition.below().isPresent() ? 1 : 0)
              + (condition.above().isPresent() ? 1 : 0)
              + (condition.shows().isPresent() ? 1 : 0);
      if (tests != 1) {
        item.problem("channel", "give exactly one of below, above and shows");
      }
      conditions.add(condition);
      item.finish();
    }
    if (conditions.isEmpty()) {
      map.problem("when", "'when' must list at least one condition");
    }
    return conditions;
  }

  private static List<ChannelId> traces(StrictMap root) {
    List<ChannelId> channels = new ArrayList<>();
    for (String id : root.texts("traces")) {
      try {
        channels.add(new ChannelId(id));
      } catch (IllegalArgumentException e) {
        root.problem("traces", String.valueOf(e.getMessage()));
      }
    }
    if (channels.isEmpty() || channels.size() > 2) {
      root.problem("traces", "'traces' must list one or two telling channels");
    }
    return channels;
  }
}
