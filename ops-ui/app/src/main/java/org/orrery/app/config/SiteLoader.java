package org.orrery.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.orrery.epics.HostPort;
import org.orrery.epics.client.PvReaders;
import org.orrery.epics.client.PvaOptions;

/** Reads a site description; {@code conf/site.yaml} explains every key. Stateless. */
public final class SiteLoader {
  private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_-]+(:[A-Za-z0-9_-]+)*");
  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
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
    return parse(name, yaml, PvReaders.available());
  }

  /**
   * @param clients the pvAccess clients of this build
   */
  static Site parse(String name, String yaml, Set<String> clients) throws ConfigException {
    Problems problems = new Problems(name);
    YamlMap root = YamlMap.of(FacilityLoader.compose(yaml, name), problems, Map.of());
    Optional<YamlMap> server = root.map("server");
    Optional<YamlMap> controls = root.map("controls");
    Optional<YamlMap> pva = controls.flatMap(c -> c.map("pva"));
    Optional<YamlMap> simulation = root.map("simulation");
    Optional<YamlMap> kafka = root.map("kafka");
    Optional<YamlMap> database = root.map("database");
    Optional<YamlMap> twin = root.map("twin");
    Optional<YamlMap> archive = root.map("archive");
    Optional<YamlMap> alarms = root.map("alarms");
    Optional<YamlMap> phoebus = alarms.flatMap(a -> a.map("phoebus"));
    Site site =
        new Site(
            (int) bounded(server, "port", 8080, 0, 65_535),
            server.filter(s -> s.has("public-read")).map(s -> s.flag("public-read")).orElse(true),
            servers(controls, "pva-servers"),
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
            archive.map(RetentionSection::read).orElse(List.of()),
            servers(controls, "ca-servers"),
            controls
                .flatMap(c -> c.map("own-pvs"))
                .map(SiteLoader::ownPvs)
                .orElse(Site.OwnPvs.PRIVATE),
            pva.map(p -> PvaSection.read(p, clients)).orElse(PvaOptions.USUAL),
            phoebus.map(SiteLoader::phoebus));
    for (Optional<YamlMap> map :
        List.of(
            server, pva, controls, simulation, kafka, database, twin, archive, phoebus, alarms)) {
      map.ifPresent(YamlMap::finish);
    }
    root.finish();
    if (!problems.messages().isEmpty()) {
      throw new ConfigException(problems.messages());
    }
    return site;
  }

  /** Search addresses, each with its port. */
  private static List<String> servers(Optional<YamlMap> controls, String key) {
    List<String> servers = controls.map(c -> c.texts(key)).orElse(List.of());
    for (String server : servers) {
      try {
        HostPort.parse(server);
      } catch (IllegalArgumentException malformed) {
        controls.ifPresent(
            c ->
                c.problem(
                    key,
                    "'%s' lists servers as host:port of their search port, got '%s'"
                        .formatted(key, server)));
      }
    }
    return servers;
  }

  private static Site.Phoebus phoebus(YamlMap map) {
    Site.Phoebus phoebus =
        new Site.Phoebus(map.requiredText("servers"), map.requiredText("config"));
    if (map.has("servers") && phoebus.servers().isBlank()) {
      map.problem("servers", "'servers' must name Phoebus' Kafka, such as \"kafka1:9092\"");
    }
    if (map.has("config") && phoebus.config().isBlank()) {
      map.problem("config", "'config' must name the alarm configuration, such as Accelerator");
    }
    return phoebus;
  }

  private static String device(YamlMap twin) {
    String device = twin.text("device").orElse("auto");
    if (!DEVICES.contains(device)) {
      twin.problem("device", "'device' must be auto, cpu or gpu, got '" + device + "'");
    }
    return device;
  }

  private static Site.OwnPvs ownPvs(YamlMap own) {
    Site.OwnPvs standard = Site.OwnPvs.PRIVATE;
    String prefix = own.text("prefix").orElse(standard.prefix());
    if (!PREFIX.matcher(prefix).matches()) {
      own.problem(
          "prefix",
          "'prefix' must be letters, digits, '-' and '_', in parts joined by ':', got '"
              + prefix
              + "'");
    }
    String bind = own.text("bind").orElse(standard.bind());
    if (!IPV4.matcher(bind).matches()) {
      own.problem("bind", "'bind' must be the IPv4 address of an interface, got '" + bind + "'");
    }
    Optional<YamlMap> map = Optional.of(own);
    Site.OwnPvs read =
        new Site.OwnPvs(
            prefix,
            bind,
            (int) bounded(map, "server-port", 0, 0, 65_535),
            (int) bounded(map, "search-port", 0, 0, 65_535),
            (int) bounded(map, "ca-port", 0, 0, 65_535));
    own.finish();
    return read;
  }

  static double bounded(
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
