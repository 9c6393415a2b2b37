package org.orrery.app.siteimport;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.orrery.app.config.ConfigException;

/** Reads the files of a site and drafts its facility description. Stateless. */
public final class SiteImport {
  private SiteImport() {}

  /**
   * What to read.
   *
   * @param databases {@code .db} and {@code .template} files
   * @param substitutions substitutions files
   * @param folders where templates and includes are looked for beside the files themselves
   * @param macros {@code NAME=value,NAME=value} for all of them
   * @param alarmTree an export of the Phoebus alarm tree, where there is one
   * @param devicePattern how a name tells its device; absent for the common form
   */
  public record Sources(
      List<Path> databases,
      List<Path> substitutions,
      List<Path> folders,
      String macros,
      Optional<Path> alarmTree,
      Optional<String> devicePattern) {
    public Sources {
      databases = List.copyOf(databases);
      substitutions = List.copyOf(substitutions);
      folders = List.copyOf(folders);
    }
  }

  /**
   * Drafts the description.
   *
   * @throws ConfigException with the first thing that cannot be understood, its file, its line and
   *     the remedy
   */
  public static FacilityDraft draft(Sources sources, FacilityDraft.Heading heading)
      throws ConfigException {
    try {
      SiteFiles files = new SiteFiles(sources.folders());
      Macros macros = Macros.parse(sources.macros(), new Place("--macros", 1));
      DbReader databases = new DbReader(files);
      for (Path database : sources.databases()) {
        databases.read(database, macros);
      }
      for (Path substitutions : sources.substitutions()) {
        SubstitutionsReader.read(substitutions, macros, files, databases);
      }
      @Nullable Path treeFile = sources.alarmTree().orElse(null);
      AlarmTree tree =
          treeFile == null
              ? AlarmTree.none()
              : AlarmTree.parse(treeFile.getFileName().toString(), files.read(treeFile));
      NamingRule rule =
          sources.devicePattern().isPresent()
              ? NamingRule.of(sources.devicePattern().get())
              : NamingRule.common();
      return FacilityDraft.of(heading, databases, tree, rule);
    } catch (ImportException e) {
      throw new ConfigException(List.of(String.valueOf(e.getMessage())));
    }
  }
}
