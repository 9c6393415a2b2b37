package org.orrery.app.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What one process runs.
 *
 * @param set at least one role
 */
public record Roles(Set<Role> set) {
  /** Everything in one process. */
  public static final Roles ALL = new Roles(EnumSet.allOf(Role.class));

  /** A gate without tag-outs and mode, or alarms without a gateway, would wait for another. */
  private static final Set<Role> CORE = EnumSet.of(Role.GATEWAY, Role.ALARMS, Role.OPERATIONS);

  public Roles {
    set = Set.copyOf(set);
  }

  /**
   * Reads roles separated by commas.
   *
   * @throws IllegalArgumentException with every problem, one a line
   */
  public static Roles parse(String text) {
    List<String> problems = new ArrayList<>();
    Set<Role> set = EnumSet.noneOf(Role.class);
    for (String word : text.split(",", -1)) {
      String stripped = word.strip();
      Arrays.stream(Role.values())
          .filter(role -> role.word().equals(stripped))
          .findFirst()
          .ifPresentOrElse(
              role -> {
                if (!set.add(role)) {
                  problems.add("--roles: " + stripped + " stands twice; leave one out");
                }
              },
              () ->
                  problems.add(
                      "--roles: '"
                          + stripped
                          + "' is no role; the roles are "
                          + words(EnumSet.allOf(Role.class))));
    }
    Set<Role> core = EnumSet.copyOf(CORE);
    core.retainAll(set);
    if (!core.isEmpty() && !core.equals(CORE)) {
      problems.add(
          "--roles: gateway, alarms and operations run in one process, because alarms must not wait"
              + " for another process and the write gate must always know tag-outs and mode; name"
              + " all three or none");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return new Roles(set);
  }

  /** Whether this process runs it. */
  public boolean has(Role role) {
    return set.contains(role);
  }

  /** Whether there is no other process. */
  public boolean all() {
    return equals(ALL);
  }

  /** The words of the roles, sorted. */
  public Set<String> words() {
    return set.stream().map(Role::word).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The name of the process: its words, separated by commas. */
  @Override
  public String toString() {
    return String.join(",", words());
  }

  private static String words(Set<Role> roles) {
    return roles.stream().sorted().map(Role::word).collect(Collectors.joining(","));
  }
}
