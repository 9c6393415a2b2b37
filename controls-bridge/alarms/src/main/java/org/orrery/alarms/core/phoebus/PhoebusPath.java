package org.orrery.alarms.core.phoebus;

import java.util.ArrayList;
import java.util.List;

/**
 * Where an item stands in an alarm tree: {@code /Detector/Pumps/LAR:P1}. A slash within a name is
 * written {@code \/}.
 *
 * @param names the names from the configuration on; not empty
 */
public record PhoebusPath(List<String> names) implements Comparable<PhoebusPath> {
  public PhoebusPath {
    names = List.copyOf(names);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a path of an alarm tree names its configuration first");
    }
  }

  /** Reads a path as Phoebus writes it. */
  public static PhoebusPath parse(String text) {
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '/') {
        name.append('/');
        i++;
      } else if (c == '/') {
        take(name, names);
      } else {
        name.append(c);
      }
    }
    take(name, names);
    return new PhoebusPath(names);
  }

  /** The last name: the PV's, for a leaf. */
  public String name() {
    return names.getLast();
  }

  /** True for the item at the other path and for all below it. */
  public boolean isWithin(PhoebusPath other) {
    return names.size() >= other.names.size()
        && names.subList(0, other.names.size()).equals(other.names);
  }

  /** The branches above it, the nearest first. */
  public List<PhoebusPath> above() {
    List<PhoebusPath> paths = new ArrayList<>();
    for (int length = names.size() - 1; length > 0; length--) {
      paths.add(new PhoebusPath(names.subList(0, length)));
    }
    return paths;
  }

  @Override
  public int compareTo(PhoebusPath other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      text.append('/').append(name.replace("/", "\\/"));
    }
    return text.toString();
  }

  private static void take(StringBuilder name, List<String> names) {
    if (!name.isEmpty()) {
      names.add(name.toString());
      name.setLength(0);
    }
  }
}
