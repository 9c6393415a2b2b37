package org.orrery.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to run and how to look after it. Immutable.
 *
 * <p>Secrets never stand in {@code command}: every user of the machine can read command lines. Hand
 * them over in a file of mode 0600. The child's environment holds {@code environment} and the
 * parent's {@code PATH}, {@code HOME}, {@code TMPDIR}, {@code TZ} and {@code LANG}, nothing else.
 *
 * @param name short name for logs, unique in this JVM
 * @param command executable and arguments
 * @param environment further environment variables
 * @param workDirectory created when missing
 * @param readyCheck how readiness shows
 * @param readyTimeout a start that takes longer counts as a failure
 * @param stopSequence signals that end it
 * @param restartPolicy what happens after an unexpected death
 * @param logFile receives standard output and error; one older generation is kept as {@code .1}
 * @param logMaxBytes upper bound of both generations together
 * @param pidFile names the child across lives of the parent; one supervisor per file
 * @param ownSession puts the child into a session of its own, so that Ctrl-C in the terminal
 *     reaches Orrery alone and the children are stopped in order
 * @param beforeStart runs before each start
 */
public record ProcessSpec(
    String name,
    List<String> command,
    Map<String, String> environment,
    Path workDirectory,
    ReadyCheck readyCheck,
    Duration readyTimeout,
    StopSequence stopSequence,
    RestartPolicy restartPolicy,
    Path logFile,
    long logMaxBytes,
    Path pidFile,
    boolean ownSession,
    Preparation beforeStart) {

  private static final long DEFAULT_LOG_MAX_BYTES = 8L << 20;

  /** Work to be done before each start of the child. */
  @FunctionalInterface
  public interface Preparation {

    /**
     * Prepares the start.
     *
     * @throws IOException counts as a failed start
     */
    void prepare() throws IOException;
  }

  public ProcessSpec {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (name.isBlank() || command.isEmpty()) {
      throw new IllegalArgumentException("a process needs a name and a command");
    }
    if (logMaxBytes < 1024) {
      throw new IllegalArgumentException("logMaxBytes below 1024: " + logMaxBytes);
    }
  }

  /**
   * Starts a description with defaults: ready at once, {@code SIGTERM} with 5 s of patience,
   * persistent restarts, log and pid file named after the child in {@code directory}.
   *
   * @param name short name, also used as file name
   * @param directory work directory
   * @param command executable and arguments
   * @return a builder
   */
  public static Builder builder(String name, Path directory, List<String> command) {
    return new Builder(name, directory, command);
  }

  /** Without the values of the environment, which may be secret. */
  @Override
  public String toString() {
    return "ProcessSpec[name="
        + name
        + ", command="
        + command
        + ", env="
        + environment.keySet()
        + ", workDirectory="
        + workDirectory
        + "]";
  }

  /** Collects the optional parts. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final Path directory;
    private final List<String> command;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private ReadyCheck readyCheck = new ReadyCheck.Immediately();
    private Duration readyTimeout = Duration.ofSeconds(60);
    private StopSequence stopSequence = StopSequence.terminate(Duration.ofSeconds(5));
    private RestartPolicy restartPolicy = RestartPolicy.persistent();
    private Path logFile;
    private long logMaxBytes = DEFAULT_LOG_MAX_BYTES;
    private Path pidFile;
    private boolean ownSession = true;
    private Preparation beforeStart = () -> {};

    private Builder(String name, Path directory, List<String> command) {
      this.name = name;
      this.directory = directory.toAbsolutePath();
      this.command = command;
      this.logFile = this.directory.resolve(name + ".log");
      this.pidFile = this.directory.resolve(name + ".pid");
    }

    /**
     * Adds an environment variable.
     *
     * @param key its name
     * @param value its value; may be a secret
     * @return this
     */
    public Builder environment(String key, String value) {
      environment.put(key, value);
      return this;
    }

    /**
     * Sets how readiness shows.
     *
     * @param check the check
     * @param timeout a start that takes longer counts as a failure
     * @return this
     */
    public Builder ready(ReadyCheck check, Duration timeout) {
      this.readyCheck = check;
      this.readyTimeout = timeout;
      return this;
    }

    /**
     * Sets the signals that end the child.
     *
     * @param sequence the signals
     * @return this
     */
    public Builder stop(StopSequence sequence) {
      this.stopSequence = sequence;
      return this;
    }

    /**
     * Sets what happens after an unexpected death.
     *
     * @param policy the policy
     * @return this
     */
    public Builder restart(RestartPolicy policy) {
      this.restartPolicy = policy;
      return this;
    }

    /**
     * Sets the log file.
     *
     * @param file where output goes
     * @param maxBytes bound of the file and its older generation together
     * @return this
     */
    public Builder log(Path file, long maxBytes) {
      this.logFile = file.toAbsolutePath();
      this.logMaxBytes = maxBytes;
      return this;
    }

    /**
     * Sets the pid file.
     *
     * @param file the file
     * @return this
     */
    public Builder pidFile(Path file) {
      this.pidFile = file.toAbsolutePath();
      return this;
    }

    /**
     * Chooses whether the child gets a session of its own; it does by default.
     *
     * @param value true for a session of its own
     * @return this
     */
    public Builder ownSession(boolean value) {
      this.ownSession = value;
      return this;
    }

    /**
     * Sets what runs before each start.
     *
     * @param preparation the work
     * @return this
     */
    public Builder beforeStart(Preparation preparation) {
      this.beforeStart = preparation;
      return this;
    }

    /**
     * Finishes the description.
     *
     * @return the description
     */
    public ProcessSpec build() {
      return new ProcessSpec(
          name,
          command,
          environment,
          directory,
          readyCheck,
          readyTimeout,
          stopSequence,
          restartPolicy,
          logFile,
          logMaxBytes,
          pidFile,
          ownSession,
          beforeStart);
    }
  }
}
