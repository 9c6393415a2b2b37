package org.orrery.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads a facility description; its header comment in {@code conf/facility.yaml} explains every
 * key. Stateless.
 */
public final class FacilityLoader {
  /** Some 200,000 channels take 100 million; the library's own limit is 3 million. */
  private static final int MOST_CODE_POINTS = 1 << 28;

  private FacilityLoader() {}

  /**
   * Reads the file.
   *
   * @throws ConfigException with every problem, if there is any
   * @throws IOException if the file cannot be read
   */
  public static Facility load(Path file) throws ConfigException, IOException {
    return parse(file.getFileName().toString(), Files.readString(file));
  }

  /**
   * Reads a text.
   *
   * @param name the file name for messages
   * @throws ConfigException with every problem, if there is any
   */
  public static Facility parse(String name, String yaml) throws ConfigException {
    Problems problems = new Problems(name);
    Node root = compose(yaml, name);
    YamlMap map = YamlMap.of(root, problems, Map.of());
    String prefix = map.text("pv-prefix").orElse("");
    List<String> modes = map.texts("modes");
    List<Facility.Subsystem> subsystems = new ArrayList<>();
    Map<String, YamlMap> subsystemMaps = new LinkedHashMap<>();
    for (YamlMap entry : map.maps("subsystems")) {
      Facility.Subsystem subsystem = subsystem(entry);
      if (subsystemMaps.put(subsystem.name(), entry) != null) {
        entry.problem("name", "subsystem '" + subsystem.name() + "' is described twice");
      }
      subsystems.add(subsystem);
    }
    ChannelReader reader = new ChannelReader(prefix, modes, subsystemMaps.keySet());
    Map<ChannelId, Channel> channels = new LinkedHashMap<>();
    Map<ChannelId, YamlMap> sources = new LinkedHashMap<>();
    for (YamlMap template : map.maps("channels")) {
      for (YamlMap entry : Expansion.expand(template)) {
        Optional<Channel> channel = reader.read(entry);
        channel.ifPresent(
            c -> {
              if (channels.put(c.id(), c) != null) {
                entry.problem("id", "channel '" + c.id() + "' is described twice; rename one");
              }
              sources.put(c.id(), entry);
            });
      }
    }
    checkReferences(subsystems, subsystemMaps, channels, sources);
    Set<String> devices = new LinkedHashSet<>();
    channels.values().forEach(channel -> devices.add(channel.device()));
    DeviceReader deviceReader = new DeviceReader(modes, devices);
    Facility facility =
        new Facility(
            map.requiredText("name"),
            map.requiredText("title"),
            zone(map),
            map.flag("simulated"),
            modes,
            subsystems,
            channels,
            deviceReader.limits(map),
            deviceReader.groups(map));
    map.finish();
    if (!problems.messages().isEmpty()) {
      throw new ConfigException(distinct(problems.messages()));
    }
    return facility;
  }

  static Node compose(String yaml, String name) throws ConfigException {
    try {
      LoadSettings settings =
          LoadSettings.builder()
              .setLabel(name)
              .setUseMarks(true)
              .setCodePointLimit(MOST_CODE_POINTS)
              .build();
      return new Compose(settings)
          .composeString(yaml)
          .orElseThrow(() -> new ConfigException(List.of(name + ":1: the file is empty")));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      throw new ConfigException(List.of(name + ":" + line + ": not valid YAML: " + e.getProblem()));
    } catch (YamlEngineException e) {
      // Without a place in the text: it is too long, or holds a character that YAML does not have.
      String why = String.valueOf(e.getMessage()).replace("\n", " ");
      throw new ConfigException(List.of(name + ": not readable as YAML: " + why));
    }
  }

  /** A template that is repeated reports a fault of its text once for each repetition. */
  private static List<String> distinct(List<String> messages) {
    return List.copyOf(new LinkedHashSet<>(messages));
  }

  private static Facility.Subsystem subsystem(YamlMap entry) {
    List<ChannelId> headline = new ArrayList<>();
    for (String id : entry.texts("headline")) {
      ChannelReader.channelId(entry, "headline", id).ifPresent(headline::add);
    }
    Facility.Subsystem subsystem =
        new Facility.Subsystem(
            entry.requiredText("name"),
            entry.requiredText("title"),
            entry.requiredText("call-out"),
            headline);
    entry.finish();
    return subsystem;
  }

  private static String zone(YamlMap map) {
    String zone = map.text("zone").orElse("UTC");
    try {
      return java.time.ZoneId.of(zone).getId();
    } catch (java.time.DateTimeException e) {
      map.problem(
          "zone", "'zone' must be an IANA time zone such as Europe/Zurich, got '" + zone + "'");
      return "UTC";
    }
  }

  private static void checkReferences(
      List<Facility.Subsystem> subsystems,
      Map<String, YamlMap> subsystemMaps,
      Map<ChannelId, Channel> channels,
      Map<ChannelId, YamlMap> sources) {
    for (Facility.Subsystem subsystem : subsystems) {
      for (ChannelId id : subsystem.headline()) {
        if (!channels.containsKey(id)) {
          YamlMap entry = subsystemMaps.get(subsystem.name());
          if (entry != null) {
            entry.problem(
                "headline", "headline names channel '" + id + "', which is not described");
          }
        }
      }
    }
    Set<String> addresses = new LinkedHashSet<>();
    channels.forEach(
        (id, channel) -> {
          YamlMap entry = sources.get(id);
          if (entry == null) {
            return;
          }
          if (!addresses.add(channel.pv())) {
            entry.problem("pv", "PV '" + channel.pv() + "' is the address of two channels");
          }
          channel
              .writable()
              .ifPresent(
                  w -> {
                    w.readback().ifPresent(r -> checkKnown(entry, "readback", r, channels));
                    w.localSwitch().ifPresent(s -> checkKnown(entry, "local-switch", s, channels));
                  });
        });
  }

  private static void checkKnown(
      YamlMap entry, String key, ChannelId id, Map<ChannelId, Channel> channels) {
    if (!channels.containsKey(id)) {
      entry.problem("write", "'" + key + "' names channel '" + id + "', which is not described");
    }
  }

  static String defaultPv(String prefix, String id) {
    return prefix + id.toUpperCase(Locale.ROOT).replace('.', ':').replace('-', '_');
  }
}
