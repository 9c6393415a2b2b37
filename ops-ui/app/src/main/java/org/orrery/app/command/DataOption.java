package org.orrery.app.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names the data directory. Not thread-safe. */
public final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Data directory (default: ORRERY_HOME, else ~/.orrery).")
  private @Nullable Path data;

  /** Picocli fills it in. */
  public DataOption() {}

  /** The directory given, else the usual one; absolute. */
  public Path path() {
    if (data != null) {
      return data.toAbsolutePath();
    }
    String home = System.getenv("ORRERY_HOME");
    return home != null
        ? Path.of(home).toAbsolutePath()
        : Path.of(System.getProperty("user.home"), ".orrery");
  }
}
