package org.orrery.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.orrery.archive.ArchiveConfig;
import org.orrery.contract.facility.ChannelPattern;

/** Reads a site description; {@code conf/site.yaml} explains every key. Stateless. */
public final class SiteLoader {
  private static final Set<String> DEVICES = Set.of("auto", "cpu", "gpu");

  private SiteLoader() {}

  /**
   * Reads the file.
   *
   * @throws ConfigException with every problem, if there is any
   * @throws IOException if the file cannot be read
   */
  public static Site load(Path file) throws ConfigException, IOException {
    return parse(file.getFileName().toString(), Files.readString(file));
  }

  /**
   * Reads a text.
   *
   * @param name the file name for messages
   * @throws ConfigException with every problem, if there is any
   */
  public static Site parse(String name, String yaml) throws ConfigException {
    Problems problems = new Problems(name);
    YamlMap root = YamlMap.of(FacilityLoader.compose(yaml, name), problems, Map.of());
    Optional<YamlMap> server = root.map("server");
    Optional<YamlMap> controls = root.map("controls");
    Optional<YamlMap> simulation = root.map("simulation");
    Optional<YamlMap> kafka = root.map("kafka");
    Optional<YamlMap> database = root.map("database");
    Optional<YamlMap> twin = root.map("twin");
    Optional<YamlMap> archive = root.map("archive");
    Site site =
        new Site(
            (int) bounded(server, "port", 8080, 0, 65_535),
            server.filter(s -> s.has("public-read")).map(s -> s.flag("public-read")).orElse(true),
            controls.map(c -> c.texts("pva-servers")).orElse(List.of()),
            new Site.Simulation(
                bounded(simulation, "factor", 20, 0.01, 1_000),
                (long) bounded(simulation, "seed", 1, 0, 1e15)),
            kafka.map(k -> k.requiredText("servers")),
            database.map(
                d ->
                    new Site.SiteDatabase(
                        d.requiredText("url"),
                        d.requiredText("user"),
                        Path.of(d.requiredText("password-file")))),
            new Site.Twin(
                (int) bounded(twin, "members", 64, 16, 65_536),
                twin.map(SiteLoader::device).orElse("auto")),
            (int) bounded(archive, "raw-days", 3, 0, 100_000),
            archive.map(SiteLoader::retention).orElse(List.of()));
    for (Optional<YamlMap> map :
        List.of(server, controls, simulation, kafka, database, twin, archive)) {
      map.ifPresent(YamlMap::finish);
    }
    root.finish();
    if (!problems.messages().isEmpty()) {
      throw new ConfigException(problems.messages());
    }
    return site;
  }

  /** In the order of the file: a channel belongs to the first group that holds it. */
  private static List<ArchiveConfig.Group> retention(YamlMap archive) {
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
              int days = (int) bounded(Optional.of(group), "raw-days", 0, 0, 100_000);
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

  private static String device(YamlMap twin) {
    String device = twin.text("device").orElse("auto");
    if (!DEVICES.contains(device)) {
      twin.problem("device", "'device' must be auto, cpu or gpu, got '" + device + "'");
    }
    return device;
  }

  private static double bounded(
      Optional<YamlMap> map, String key, double standard, double low, double high) {
    OptionalDouble number = map.map(m -> m.number(key)).orElse(OptionalDouble.empty());
    if (number.isEmpty()) {
      return standard;
    }
    double value = number.getAsDouble();
    if (!(value >= low && value <= high)) {
      map.ifPresent(
          m ->
              m.problem(
                  key, "'" + key + "' must lie from " + low + " to " + high + ", got " + value));
      return standard;
    }
    return value;
  }
}
