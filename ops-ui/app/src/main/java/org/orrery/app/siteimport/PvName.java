package org.orrery.app.siteimport;

/** Names of PVs as alarm trees write them. Stateless. */
final class PvName {
  private PvName() {}

  /** The record's name: without the protocol and without the field that is meant anyhow. */
  static String plain(String pv) {
    String name = pv.strip();
    for (String protocol : new String[] {"pva://", "ca://"}) {
      name = name.startsWith(protocol) ? name.substring(protocol.length()) : name;
    }
    return name.endsWith(".VAL") ? name.substring(0, name.length() - 4) : name;
  }

  /** True for a record of a control system, false for a formula, a local PV or a field. */
  static boolean isRecord(String plain) {
    return !plain.isEmpty()
        && !plain.contains("://")
        && plain.indexOf('.') < 0
        && !plain.startsWith("=");
  }
}
