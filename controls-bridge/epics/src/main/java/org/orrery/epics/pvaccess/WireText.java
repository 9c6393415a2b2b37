package org.orrery.epics.pvaccess;

import java.nio.charset.StandardCharsets;

/**
 * Texts that survive the library's writer. Stateless.
 *
 * <p>The library announces a text by its number of characters and then writes that many of its
 * UTF-8 bytes, so that "µA" arrives cut short. A text with as many blanks behind it as it has bytes
 * beyond its characters is announced with the right number, and the blanks are what is cut.
 */
final class WireText {
  private WireText() {}

  /** The text for a structure that is only ever written to the wire. */
  static String of(String text) {
    int extra = text.getBytes(StandardCharsets.UTF_8).length - text.length();
    return extra <= 0 ? text : text + " ".repeat(extra);
  }
}
