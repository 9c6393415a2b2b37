package org.orrery.contract.facility;

import java.util.regex.Pattern;

/**
 * Names a channel within its facility, for good: the PV address may change, this may not.
 *
 * @param value lower-case words of letters, digits and '-', joined by '.', for example {@code
 *     purif.pump-a.speed}
 */
public record ChannelId(String value) implements Comparable<ChannelId> {
  private static final Pattern RULE =
      Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)*");

  public ChannelId {
    if (!RULE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "channel id '"
              + value
              + "' must be lower-case words of letters, digits and '-', joined by '.', such as"
              + " purif.pump-a.speed");
    }
  }

  @Override
  public int compareTo(ChannelId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
