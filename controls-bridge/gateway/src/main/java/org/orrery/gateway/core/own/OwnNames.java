package org.orrery.gateway.core.own;

import java.util.Locale;

/**
 * How our own PVs are named: upper case, parts joined by colons; in a part a dot is a colon too,
 * and whatever is neither letter, digit, hyphen nor underscore is an underscore. Two channels never
 * get one name, because a channel's name holds neither upper case nor an underscore. Stateless.
 */
public final class OwnNames {
  private OwnNames() {}

  /**
   * Joins the parts: {@code of("TWIN", "purif.flow", "VALUE")} is {@code TWIN:PURIF:FLOW:VALUE}.
   */
  public static String of(String... parts) {
    StringBuilder name = new StringBuilder();
    for (String part : parts) {
      if (!name.isEmpty()) {
        name.append(':');
      }
      name.append(
          part.strip().toUpperCase(Locale.ROOT).replace('.', ':').replaceAll("[^A-Z0-9:-]", "_"));
    }
    return name.toString();
  }

  /** A network address as one part: {@code 127_0_0_1_5075}. */
  public static String address(String hostPort) {
    return hostPort.replaceAll("[^A-Za-z0-9]", "_");
  }
}
