package org.orrery.store.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster's files: created by initdb beside their place and moved there whole, so that an
 * interrupted start leaves nothing half made.
 *
 * @param path PostgreSQL's data directory
 * @param password the owner's password
 */
record DataDirectory(Path path, String password) {
  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
  private static final long INITDB_SECONDS = 120;
  private static final int PASSWORD_BYTES = 24;

  static DataDirectory prepare(
      Path directory, PostgresDistribution distribution, Unprivileged user, String owner)
      throws IOException {
    Files.createDirectories(directory);
    Path data = directory.resolve("data");
    Path secret = directory.resolve("secret");
    if (Files.exists(data)) {
      user.own(directory);
      checkMajor(data, distribution);
    } else {
      writeSecret(secret);
      user.own(directory);
      initialise(directory, data, secret, distribution, user, owner);
    }
    return new DataDirectory(data, Files.readString(secret).strip());
  }

  /**
   * Removes the server's own pid file where it would keep the server from starting for no reason:
   * after a reboot or a power cut it may name a living process that is something else, or nothing
   * at all.
   */
  void clearForeignPid() throws IOException {
    Path file = path.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return;
    }
    String pid = Files.readString(file, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
    if (!pid.strip().matches("[1-9]\\d*")) {
      LOG.info("removing {}: it names no process", file);
      Files.delete(file);
    } else if (isForeign(pid.strip())) {
      LOG.info("removing {}: process {} is not PostgreSQL", file, pid.strip());
      Files.delete(file);
    }
  }

  private boolean isForeign(String pid) throws IOException {
    Path workDirectory = Path.of("/proc", pid, "cwd");
    try {
      return Files.isSymbolicLink(workDirectory)
          && !Files.readSymbolicLink(workDirectory).equals(path.toRealPath());
    } catch (AccessDeniedException | NoSuchFileException e) {
      return false; // another user's, or just ended: the server does not mind either
    }
  }

  private static void checkMajor(Path data, PostgresDistribution distribution) throws IOException {
    String found = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!found.equals(Integer.toString(distribution.major()))) {
      throw new IOException(
          "the data in "
              + data
              + " were written by PostgreSQL "
              + found
              + ", this is "
              + distribution.version()
              + ": export with the older Orrery and import with this one");
    }
  }

  private static void writeSecret(Path secret) throws IOException {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    Files.deleteIfExists(secret);
    Files.createFile(
        secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(secret, HexFormat.of().formatHex(random) + "\n");
  }

  private static void initialise(
      Path directory,
      Path data,
      Path secret,
      PostgresDistribution distribution,
      Unprivileged user,
      String owner)
      throws IOException {
    Path draft = directory.resolve("data.new");
    deleteTree(draft);
    List<String> command =
        user.wrap(
            List.of(
                distribution.binary("initdb").toString(),
                "--pgdata=" + draft,
                "--username=" + owner,
                "--auth=scram-sha-256",
                "--pwfile=" + secret,
                "--encoding=UTF8",
                "--locale=C"));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
    builder.environment().keySet().retainAll(Set.of("PATH", "TMPDIR"));
    builder.environment().put("LC_ALL", "C");
    Process initdb = builder.start();
    initdb.getOutputStream().close();
    String output = new String(initdb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!initdb.waitFor(INITDB_SECONDS, TimeUnit.SECONDS) || initdb.exitValue() != 0) {
        throw new IOException("initdb failed: " + output.strip());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted during initdb", e);
    } finally {
      initdb.destroyForcibly();
    }
    Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void deleteTree(Path root) throws IOException {
    if (Files.exists(root)) {
      try (Stream<Path> paths = Files.walk(root)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
