package org.orrery.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.orrery.app.config.AccessLoader;
import org.orrery.app.config.ConfigException;
import org.orrery.app.config.FacilityLoader;
import org.orrery.app.config.Site;
import org.orrery.app.config.SiteLoader;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.facility.Facility;
import picocli.CommandLine.Option;

/**
 * The options that name a configuration, and its reading: all problems of both files at once. Not
 * thread-safe.
 */
public final class Configuration {
  @Option(
      names = "--facility",
      paramLabel = "F",
      description = "Facility description (default: the reference detector).")
  private @Nullable Path facilityFile;

  @Option(
      names = "--site",
      paramLabel = "F",
      description = "Site description (default: conf/site.yaml of the distribution).")
  private @Nullable Path siteFile;

  @Option(
      names = "--access",
      paramLabel = "F",
      description =
          "Access rules (default: access.yaml beside the facility description; a simulated detector"
              + " needs none).")
  private @Nullable Path accessFile;

  /** Picocli fills it in. */
  public Configuration() {}

  /**
   * A facility and how this installation runs it.
   *
   * @param facility the facility
   * @param site the site
   * @param access who may have what written
   */
  public record Loaded(Facility facility, Site site, AccessRules access) {}

  /**
   * Reads all files.
   *
   * @throws ConfigException with every problem of all
   */
  public Loaded load() throws ConfigException {
    List<String> problems = new ArrayList<>();
    Optional<Facility> facility =
        read(file(facilityFile, "facility.yaml"), FacilityLoader::load, problems);
    Optional<Site> site = read(file(siteFile, "site.yaml"), SiteLoader::load, problems);
    Optional<AccessRules> access = facility.flatMap(f -> access(f, problems));
    if (facility.isPresent() && site.isPresent()) {
      problems.addAll(contradictions(facility.get(), site.get()));
      problems.addAll(
          PvProtocols.problems(
              file(facilityFile, "facility.yaml"),
              facility.get(),
              file(siteFile, "site.yaml"),
              site.get()));
    }
    if (facility.isEmpty() || site.isEmpty() || access.isEmpty() || !problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return new Loaded(facility.get(), site.get(), access.get());
  }

  private Optional<AccessRules> access(Facility facility, List<String> problems) {
    Path beside = file(facilityFile, "facility.yaml").resolveSibling("access.yaml");
    if (accessFile == null && !Files.exists(beside)) {
      if (!facility.simulated() && isWritten(facility)) {
        problems.add(
            "%s describes a real detector with writable channels, and %s is not there, so nobody has"
                    .formatted(file(facilityFile, "facility.yaml"), beside)
                + " said who may have what written; write access rules (docs/guides/writing.md), or"
                + " the one line 'access: open' if everybody may what their role allows");
      }
      return Optional.of(AccessRules.OPEN);
    }
    Path given = accessFile != null ? accessFile : beside;
    return read(given, file -> AccessLoader.load(file, facility), problems);
  }

  private static boolean isWritten(Facility facility) {
    return facility.channels().values().stream().anyMatch(c -> c.writable().isPresent());
  }

  /** What is wrong only where both come together: what is simulated must not reach a site. */
  private List<String> contradictions(Facility facility, Site site) {
    List<String> problems = new ArrayList<>(emptyGroups(facility, site));
    if (facility.simulated()) {
      refuse("controls.pva-servers", site.epicsServers(), problems);
      refuse("controls.ca-servers", site.caServers(), problems);
      refuse("controls.pva.name-servers", site.pva().nameServers(), problems);
      refuse(
          "alarms.phoebus", site.phoebus().map(Site.Phoebus::servers).stream().toList(), problems);
    }
    return problems;
  }

  private void refuse(String key, List<?> servers, List<String> problems) {
    if (!servers.isEmpty()) {
      problems.add(
          "%s: '%s' names %s, but %s describes a simulated detector, and what is simulated must not"
                  .formatted(
                      file(siteFile, "site.yaml"),
                      key,
                      servers,
                      file(facilityFile, "facility.yaml"))
              + " reach a site; leave it out, or describe the real detector with 'simulated:"
              + " false'");
    }
  }

  /** A group that holds nothing is a slip of the pen, and would be found out by a full disk. */
  private List<String> emptyGroups(Facility facility, Site site) {
    return site.retention().stream()
        .filter(
            group ->
                facility.channels().values().stream()
                    .noneMatch(
                        channel ->
                            group.subsystems().contains(channel.subsystem())
                                || group.channels().stream()
                                    .anyMatch(pattern -> pattern.matches(channel.id()))))
        .map(
            group ->
                "%s: group '%s' of 'archive.retention' holds no channel of %s; correct its patterns"
                    .formatted(
                        file(siteFile, "site.yaml"),
                        group.name(),
                        file(facilityFile, "facility.yaml")))
        .toList();
  }

  /**
   * Reads the facility that comes with the distribution, and nothing of the site.
   *
   * @throws ConfigException with every problem
   */
  static Facility reference() throws ConfigException {
    List<String> problems = new ArrayList<>();
    return read(file(null, "facility.yaml"), FacilityLoader::load, problems)
        .orElseThrow(() -> new ConfigException(problems));
  }

  private interface Reader<T> {
    T read(Path file) throws ConfigException, IOException;
  }

  private static <T> Optional<T> read(Path file, Reader<T> reader, List<String> problems) {
    try {
      return Optional.of(reader.read(file));
    } catch (ConfigException e) {
      problems.addAll(e.problems());
    } catch (IOException e) {
      problems.add(file + " cannot be read (" + e.getClass().getSimpleName() + "); check the path");
    }
    return Optional.empty();
  }

  private static Path file(@Nullable Path given, String standard) {
    if (given != null) {
      return given;
    }
    String home = System.getProperty("orrery.home");
    Path shipped = Path.of(home == null ? "." : home, "conf", standard);
    return Files.exists(shipped) ? shipped : Path.of("src/main/dist/conf", standard);
  }
}
