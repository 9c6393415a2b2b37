package org.orrery.app.siteimport;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A Phoebus alarm tree as its export writes it.
 *
 * @param name the configuration's name
 * @param pvs its leaves in the order of the file, the first where a PV stands twice
 * @param notes what was passed over, and why
 */
record AlarmTree(String name, List<Leaf> pvs, List<String> notes) {
  private static final Set<String> BRANCHES = Set.of("config", "component", "pv");
  private static final Set<String> TITLED =
      Set.of("guidance", "display", "command", "automated_action");
  private static final Set<String> PLAIN =
      Set.of(
          "description",
          "enabled",
          "latching",
          "annunciating",
          "delay",
          "count",
          "filter",
          "title",
          "details");

  AlarmTree {
    pvs = List.copyOf(pvs);
    notes = List.copyOf(notes);
  }

  /** No alarm tree. */
  static AlarmTree none() {
    return new AlarmTree("", List.of(), List.of());
  }

  /**
   * A PV of the tree.
   *
   * @param pv its name as the tree writes it
   * @param path the names above it, the configuration's first
   * @param settings its plain elements as they stand: description, enabled, delay, count, filter
   * @param guidance what its own guidance and that of the nearest branch above says
   * @param place where it stands
   */
  record Leaf(
      String pv,
      List<String> path,
      Map<String, String> settings,
      List<String> guidance,
      Place place) {
    Leaf {
      path = List.copyOf(path);
      settings = Map.copyOf(settings);
      guidance = List.copyOf(guidance);
    }

    String setting(String name) {
      return settings.getOrDefault(name, "").strip();
    }
  }

  /** One open element of the file. */
  private static final class Open {
    private final String element;
    private final String name;
    private final Place place;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> guidance = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    Open(String element, String name, Place place) {
      this.element = element;
      this.name = name;
      this.place = place;
    }
  }

  /** Reads the text of an export. External entities and includes are not followed. */
  static AlarmTree parse(String file, String xml) throws ImportException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    Map<String, Leaf> leaves = new LinkedHashMap<>();
    List<String> notes = new ArrayList<>();
    String root = "";
    Deque<Open> open = new ArrayDeque<>();
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(xml));
      while (reader.hasNext()) {
        int event = reader.next();
        Place place = new Place(file, Math.max(1, reader.getLocation().getLineNumber()));
        if (event == XMLStreamConstants.START_ELEMENT) {
          Open next = open(reader, open, place);
          root = open.isEmpty() ? next.name : root;
          open.push(next);
        } else if (event == XMLStreamConstants.CHARACTERS && !open.isEmpty()) {
          open.element().text.append(reader.getText());
        } else if (event == XMLStreamConstants.END_ELEMENT) {
          close(open.pop(), open, leaves, notes);
        }
      }
    } catch (XMLStreamException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber());
      String why = String.valueOf(e.getMessage()).lines().reduce((a, b) -> b).orElse("");
      throw new ImportException(new Place(file, line), "not valid XML (" + why + "); correct it");
    }
    return new AlarmTree(root, List.copyOf(leaves.values()), notes);
  }

  private static Open open(XMLStreamReader reader, Deque<Open> open, Place place)
      throws ImportException {
    String element = reader.getLocalName();
    if (open.isEmpty() && !element.equals("config")) {
      throw new ImportException(
          place, "an alarm tree begins with <config name=\"...\">, this is <" + element + ">");
    }
    if (!BRANCHES.contains(element) && !TITLED.contains(element) && !PLAIN.contains(element)) {
      String remedy =
          element.equals("include")
              ? "includes are not followed, put the files together first"
              : "an alarm tree has no such element, take it out";
      throw new ImportException(place, "<" + element + ">: " + remedy);
    }
    String name = reader.getAttributeValue(null, "name");
    if (BRANCHES.contains(element) && (name == null || name.isBlank())) {
      throw new ImportException(place, "<" + element + "> has no name; give it one");
    }
    return new Open(element, name == null ? "" : name.strip(), place);
  }

  private static void close(
      Open done, Deque<Open> above, Map<String, Leaf> leaves, List<String> notes) {
    Open parent = above.peek();
    if (parent == null) {
      return;
    }
    String text = done.text.toString().strip();
    if (PLAIN.contains(done.element)) {
      parent.settings.put(done.element, text);
    } else if (done.element.equals("guidance")) {
      parent.guidance.add(sentence(done.settings));
    } else if (done.element.equals("automated_action") || done.element.equals("command")) {
      notes.add(
          done.place
              + ": "
              + done.element
              + " '"
              + done.settings.getOrDefault("title", "")
              + "' stays in Phoebus; Orrery runs no command of an alarm tree");
    } else if (done.element.equals("pv")) {
      List<String> path = new ArrayList<>();
      List<String> guidance = new ArrayList<>(done.guidance);
      for (Open branch : above) {
        path.addFirst(branch.name);
        if (guidance.isEmpty()) {
          guidance.addAll(branch.guidance);
        }
      }
      Leaf leaf = new Leaf(done.name, path, done.settings, guidance, done.place);
      Leaf before = leaves.putIfAbsent(done.name, leaf);
      if (before != null) {
        notes.add(done.place + ": PV '" + done.name + "' stands at " + before.place + " already");
      }
    }
  }

  private static String sentence(Map<String, String> settings) {
    String title = settings.getOrDefault("title", "");
    String details = settings.getOrDefault("details", "");
    return (title.isEmpty() || details.isEmpty() ? title + details : title + ": " + details)
        .replaceAll("\\s+", " ");
  }
}
