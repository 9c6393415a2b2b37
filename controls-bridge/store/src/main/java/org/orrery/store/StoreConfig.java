package org.orrery.store;

import java.nio.file.Path;

/** Which database. Immutable. */
public sealed interface StoreConfig {

  /** Most connections that Orrery holds at once. */
  int poolSize();

  /**
   * A PostgreSQL that Orrery starts and looks after.
   *
   * @param directory data, password, log and pid file; created when missing, mode 0700
   * @param distributions where the server's binaries are unpacked, once per version
   * @param sharedBuffersMebibytes PostgreSQL's buffer cache, MiB
   * @param poolSize most connections held at once
   */
  record Embedded(Path directory, Path distributions, int sharedBuffersMebibytes, int poolSize)
      implements StoreConfig {

    public Embedded {
      directory = directory.toAbsolutePath().normalize();
      distributions = distributions.toAbsolutePath().normalize();
    }

    /**
     * The usual sizes for one facility on one machine.
     *
     * @param directory data, binaries, password, log and pid file
     * @return 128 MiB of buffers, 12 connections
     */
    public static Embedded in(Path directory) {
      return new Embedded(directory, directory, 128, 12);
    }
  }

  /**
   * A server that the site runs. The role must be allowed to create schemas in the database.
   *
   * @param jdbcUrl {@code jdbc:postgresql://host:port/database}, without credentials
   * @param user the role
   * @param passwordFile holds the password and nothing else; should be readable by Orrery alone
   * @param poolSize most connections held at once
   */
  record Site(String jdbcUrl, String user, Path passwordFile, int poolSize) implements StoreConfig {

    public Site {
      if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
        throw new IllegalArgumentException("not a PostgreSQL URL: " + jdbcUrl);
      }
    }
  }
}
