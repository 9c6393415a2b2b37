package org.orrery.contract.facility;

import java.util.List;

/**
 * Says which channels are meant.
 *
 * @param text channel ids separated by commas, in which a star stands for any characters, also none
 */
public record ChannelPattern(String text) {
  public ChannelPattern {
    if (!text.matches("[a-z0-9.*, -]+")) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' names no channels; write ids separated by commas, with a star for any"
              + " characters, such as purif.*,cryo.tank.level");
    }
  }

  /** Whether the channel is meant. */
  public boolean matches(ChannelId channel) {
    return List.of(text.split(",", -1)).stream()
        .anyMatch(pattern -> matches(pattern.strip(), channel.value()));
  }

  /** Takes time in proportion to the product of both lengths, whatever the pattern. */
  private static boolean matches(String pattern, String name) {
    int p = 0;
    int n = 0;
    int star = -1;
    int resume = 0;
    while (n < name.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = n;
      } else if (p < pattern.length() && pattern.charAt(p) == name.charAt(n)) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
