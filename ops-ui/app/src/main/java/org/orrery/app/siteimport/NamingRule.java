package org.orrery.app.siteimport;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * How a site's PV names tell the subsystem and the device. Immutable.
 *
 * @param pattern a regular expression with groups named {@code device} and, where the name tells
 *     it, {@code subsystem}; absent for the common form SUBSYSTEM:DEVICE:SIGNAL
 */
record NamingRule(@Nullable Pattern pattern) {
  /**
   * What a name tells.
   *
   * @param id the channel's id
   * @param subsystem its subsystem
   * @param device its device
   * @param guess why a person should look at it; empty where the rule says all
   */
  record Named(String id, String subsystem, String device, String guess) {}

  /** The common form. */
  static NamingRule common() {
    return new NamingRule(null);
  }

  /** A site's own. */
  static NamingRule of(String pattern) throws ImportException {
    Place place = new Place("--device-pattern", 1);
    try {
      Pattern compiled = Pattern.compile(pattern);
      if (!compiled.namedGroups().containsKey("device")) {
        throw new ImportException(
            place, "the pattern needs a group (?<device>...), and may have (?<subsystem>...)");
      }
      return new NamingRule(compiled);
    } catch (PatternSyntaxException e) {
      throw new ImportException(place, "not a regular expression: " + e.getDescription());
    }
  }

  Named name(String pv) {
    String[] parts = pv.split(":", -1);
    String first = words(parts[0]);
    String subsystem = parts.length > 1 ? first : "site";
    String device = parts.length > 2 ? words(parts[parts.length - 2]) : first;
    String guess = "";
    if (pattern != null) {
      Matcher matcher = pattern.matcher(pv);
      if (matcher.find() && matcher.group("device") != null) {
        device = words(matcher.group("device"));
        String named =
            pattern.namedGroups().containsKey("subsystem") ? matcher.group("subsystem") : null;
        subsystem = named == null ? subsystem : words(named);
      } else {
        guess = "the pattern of devices does not match this name";
      }
    }
    StringBuilder id = new StringBuilder();
    for (String part : parts) {
      String word = words(part);
      if (!word.isEmpty()) {
        id.append(id.isEmpty() ? "" : ".").append(word);
      }
    }
    return new Named(
        id.isEmpty() ? "channel" : id.toString(),
        subsystem.isEmpty() ? "site" : subsystem,
        device.isEmpty() ? "unnamed" : device,
        guess);
  }

  /** Lower-case words of letters and digits, joined by '-'. */
  static String words(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
  }
}
