package org.orrery.simulator.plan;

/**
 * One thing that is wrong with the assumptions. Immutable.
 *
 * @param line of the text, from 1; 0 if it has none
 * @param key path of the key
 * @param rule what is wrong
 * @param remedy what to do
 */
public record Problem(int line, String key, String rule, String remedy) {
  @Override
  public String toString() {
    String where = line > 0 ? "line %d, ".formatted(line) : "";
    return where + "%s: %s; %s".formatted(key.isEmpty() ? "file" : key, rule, remedy);
  }
}
