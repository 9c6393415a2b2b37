package org.orrery.app.siteimport;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads the files of a site, looking for those that others name beside them and then in the given
 * folders. Thread-safe.
 *
 * @param folders where templates and includes are looked for, in this order
 */
record SiteFiles(List<Path> folders) {
  SiteFiles {
    folders = List.copyOf(folders);
  }

  /** Reads a file that a person named. */
  String read(Path file) throws ImportException {
    try {
      byte[] bytes = Files.readAllBytes(file);
      // Databases are of any age: what is not UTF-8 is Latin-1, the degree sign before all.
      String text = new String(bytes, StandardCharsets.UTF_8);
      String read =
          text.indexOf('\uFFFD') < 0 ? text : new String(bytes, StandardCharsets.ISO_8859_1);
      return read.replace("\r\n", "\n");
    } catch (IOException e) {
      throw new ImportException(
          new Place(file.toString(), 1),
          "cannot be read (" + e.getClass().getSimpleName() + "); check the path");
    }
  }

  /** Finds a file that another one names. */
  Path find(String name, Path from, Place place) throws ImportException {
    Path beside = from.toAbsolutePath().getParent();
    Path wanted = Path.of(name);
    return Stream.concat(Stream.ofNullable(beside), folders.stream())
        .flatMap(folder -> Stream.of(folder.resolve(name), folder.resolve(wanted.getFileName())))
        .filter(Files::isRegularFile)
        .findFirst()
        .orElseThrow(
            () ->
                new ImportException(
                    place, "'" + name + "' was not found; name its folder with --path"));
  }
}
