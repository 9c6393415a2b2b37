package org.orrery.app.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.orrery.archive.ArchiveConfig;
import org.orrery.contract.facility.ChannelPattern;

/** Reads which channels' raw samples are kept shorter or longer. Stateless. */
final class RetentionSection {
  private RetentionSection() {}

  /** In the order of the file: a channel belongs to the first group that holds it. */
  static List<ArchiveConfig.Group> read(YamlMap archive) {
    List<ArchiveConfig.Group> groups = new ArrayList<>();
    archive
        .mapOfMaps(
            "retention",
            (name, group) -> {
              List<String> subsystems = group.texts("subsystems");
              List<ChannelPattern> channels = patterns(group);
              if (subsystems.isEmpty() && group.texts("channels").isEmpty()) {
                group.problem(
                    "channels",
                    "group '" + name + "' needs 'subsystems', 'channels' or both, or it is empty");
              }
              if (!group.has("raw-days")) {
                group.problem("raw-days", "group '" + name + "' needs 'raw-days'; 0 keeps all");
              }
              int days = (int) SiteLoader.bounded(Optional.of(group), "raw-days", 0, 0, 100_000);
              group.finish();
              if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
                archive.problem(
                    "retention",
                    "the name of group '" + name + "' must be lower-case words joined by '-'");
                return Optional.<ArchiveConfig.Group>empty();
              }
              return Optional.of(new ArchiveConfig.Group(name, subsystems, channels, days));
            })
        .values()
        .forEach(group -> group.ifPresent(groups::add));
    return groups;
  }

  private static List<ChannelPattern> patterns(YamlMap group) {
    List<ChannelPattern> patterns = new ArrayList<>();
    for (String text : group.texts("channels")) {
      try {
        patterns.add(new ChannelPattern(text));
      } catch (IllegalArgumentException e) {
        group.problem("channels", e.getMessage());
      }
    }
    return patterns;
  }
}
