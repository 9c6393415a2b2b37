package org.orrery.scenarios.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where a Chromium is: an installed one, or the headless one that the build unpacked from an npm
 * package (see browser/provide.mjs). The environment variable {@code ORRERY_BROWSER=fetched} tells
 * both to pass over an installed one.
 *
 * @param executable the program
 * @param environment what it needs to find its libraries
 */
record Chromium(Path executable, Map<String, String> environment) {
  private static final List<Path> INSTALLED =
      List.of(
          Path.of("/usr/bin/chromium"),
          Path.of("/usr/bin/chromium-browser"),
          Path.of("/usr/bin/google-chrome"));
  private static final Path BROUGHT = Path.of("target/chromium/executable.txt");

  static Chromium find() {
    boolean fetched = "fetched".equals(System.getenv("ORRERY_BROWSER"));
    for (Path path : INSTALLED) {
      if (!fetched && Files.isExecutable(path)) {
        return new Chromium(path, Map.copyOf(System.getenv()));
      }
    }
    try {
      List<String> lines = Files.readAllLines(BROUGHT);
      return new Chromium(
          Path.of(lines.getFirst()), Map.of("LD_LIBRARY_PATH", lines.get(1), "HOME", "/tmp"));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "no Chromium is installed and the build brought none: " + BROUGHT + " is missing", e);
    }
  }
}
