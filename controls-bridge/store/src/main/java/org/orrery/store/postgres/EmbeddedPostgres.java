package org.orrery.store.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.orrery.process.LoopbackPorts;
import org.orrery.process.ProcessListener;
import org.orrery.process.ProcessSpec;
import org.orrery.process.ProcessState;
import org.orrery.process.ReadyCheck;
import org.orrery.process.StopSequence;
import org.orrery.process.SupervisedProcess;
import org.orrery.store.StoreConfig;

/**
 * A PostgreSQL server of our own: supervised, durable ({@code fsync}, {@code full_page_writes} and
 * {@code synchronous_commit} on), reachable on 127.0.0.1 alone and with a password (SCRAM).
 * Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final String USER = "orrery";
  private static final String DATABASE = "postgres";
  private static final int MAX_CONNECTIONS = 60;
  private static final long LOG_MAX_BYTES = 8L << 20;
  private static final Duration READY_TIMEOUT = Duration.ofMinutes(5); // crash recovery included

  private final SupervisedProcess process;
  private final AtomicInteger deaths;
  private final int port;
  private final String password;

  private EmbeddedPostgres(
      SupervisedProcess process, AtomicInteger deaths, int port, String password) {
    this.process = process;
    this.deaths = deaths;
    this.port = port;
    this.password = password;
  }

  /**
   * Unpacks and initialises what is missing, then starts the server in the background.
   *
   * @param config where and how large
   * @return the server, perhaps not ready yet
   * @throws IOException when the files cannot be prepared, or the data belong to another major
   */
  public static EmbeddedPostgres start(StoreConfig.Embedded config) throws IOException {
    PostgresDistribution distribution = PostgresDistribution.unpack(config.distributions());
    Unprivileged user = Unprivileged.choose();
    DataDirectory data = DataDirectory.prepare(config.directory(), distribution, user, USER);
    int port =
        LoopbackPorts.choose(
                config.directory().resolve("port"), 1, config.directory().resolve("postgres.pid"))
            .getFirst();
    ProcessSpec spec =
        ProcessSpec.builder(
                "postgres",
                config.directory(),
                user.wrap(command(distribution, data.path(), port, config)))
            .environment("LC_ALL", "C")
            .ready(
                new ReadyCheck.OutputLine(
                    Pattern.compile("database system is ready to accept connections")),
                READY_TIMEOUT)
            .stop(
                new StopSequence(
                    List.of(
                        new StopSequence.Step(StopSequence.StopSignal.INT, Duration.ofSeconds(10)),
                        new StopSequence.Step(
                            StopSequence.StopSignal.QUIT, Duration.ofSeconds(4)))))
            .log(config.directory().resolve("postgres.log"), LOG_MAX_BYTES)
            .beforeStart(data::clearForeignPid)
            .build();
    AtomicInteger deaths = new AtomicInteger();
    ProcessListener countDeaths =
        (name, state) -> {
          if (state instanceof ProcessState.Waiting) {
            deaths.incrementAndGet();
          }
        };
    return new EmbeddedPostgres(
        SupervisedProcess.start(spec, countDeaths), deaths, port, data.password());
  }

  /**
   * Where it listens.
   *
   * @return without credentials
   */
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
  }

  /**
   * The role that owns everything.
   *
   * @return its name
   */
  public String user() {
    return USER;
  }

  /**
   * The role's password; never to be logged.
   *
   * @return the password
   */
  public String password() {
    return password;
  }

  /**
   * The server's process.
   *
   * @return the supervised process
   */
  public SupervisedProcess process() {
    return process;
  }

  /**
   * How often the server died unexpectedly.
   *
   * @return counts up
   */
  public int deaths() {
    return deaths.get();
  }

  /**
   * Whether the supervisor gave up.
   *
   * @return true when nobody will start the server again
   */
  public boolean hasFailed() {
    return process.state() instanceof ProcessState.Failed;
  }

  /** Ends the server: fast shutdown, then immediate, then kill. */
  @Override
  public void close() {
    process.close();
  }

  private static List<String> command(
      PostgresDistribution distribution, Path data, int port, StoreConfig.Embedded config) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "listen_addresses=127.0.0.1",
                "port=" + port,
                "unix_socket_directories=",
                "max_connections=" + MAX_CONNECTIONS,
                // A question over a year locks every day's table and index.
                "max_locks_per_transaction=512",
                "shared_buffers=" + config.sharedBuffersMebibytes() + "MB",
                "fsync=on",
                "full_page_writes=on",
                "synchronous_commit=on",
                "password_encryption=scram-sha-256",
                "wal_level=minimal",
                "max_wal_senders=0",
                "max_wal_size=1GB",
                "checkpoint_timeout=15min",
                "log_checkpoints=off",
                "jit=off",
                "huge_pages=off",
                "timezone=UTC",
                "log_timezone=UTC",
                "lc_messages=C"));
    if (distribution.major() >= 18) {
      settings.add("io_method=sync"); // no worker processes for a small server
    }
    List<String> command =
        new ArrayList<>(List.of(distribution.binary("postgres").toString(), "-D", data.toString()));
    for (String setting : settings) {
      command.add("-c");
      command.add(setting);
    }
    return command;
  }
}
