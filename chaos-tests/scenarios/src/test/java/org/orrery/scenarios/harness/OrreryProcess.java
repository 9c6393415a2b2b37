package org.orrery.scenarios.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * The distribution that the build made, run as its users run it: a process of its own with its own
 * children. What it prints is kept in {@code target/logs}.
 */
public final class OrreryProcess implements AutoCloseable {
  private static final Path DISTRIBUTION =
      Path.of(System.getProperty("orrery.distribution", "../../ops-ui/app/target/orrery"))
          .toAbsolutePath()
          .normalize();
  private static final Pattern PAGE = Pattern.compile("page\\s+(http://\\S+)");
  private static final Pattern PASSWORD = Pattern.compile("password\\s+(\\S+)");
  private static final Pattern ANNOUNCED = Pattern.compile("stop\\s+Ctrl-C");
  private static final Duration START = Duration.ofSeconds(180);
  private static final Duration STOP = Duration.ofSeconds(60);

  private final Path data;
  private final Process process;
  private final boolean owner;
  private final Thread endWithTests;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private String password;

  private OrreryProcess(Path data, Process process, String knownPassword, boolean owner) {
    this.data = data;
    this.owner = owner;
    this.process = process;
    this.password = knownPassword;
    this.endWithTests = new Thread(process::destroy);
    Runtime.getRuntime().addShutdownHook(endWithTests);
  }

  /** A file of the distribution. */
  static Path distributed(String file) {
    return DISTRIBUTION.resolve(file);
  }

  /**
   * Starts on a data directory and waits until the page is announced.
   *
   * @param data its data directory; its last name is also that of the log
   * @param factor plant seconds per wall second
   * @param seed seed of the stand-in detector
   */
  public static OrreryProcess start(Path data, double factor, long seed) {
    return start(data, factor, seed, "");
  }

  /** Starts again on the data directory; the password is known from the first start. */
  public OrreryProcess restart(double factor, long seed) {
    return start(data, factor, seed, password);
  }

  /** Starts again on a data directory that an earlier program left, with the password it knew. */
  public static OrreryProcess resume(Path data, double factor, long seed, String password) {
    return start(data, factor, seed, password);
  }

  /**
   * Starts one of several processes on a data directory and waits until it says that it runs.
   *
   * @param data the data directory that all of them share
   * @param name what its log is called
   * @param roles what it runs
   * @param owner whether it looks after broker, database and soft IOC
   */
  public static OrreryProcess part(
      Path data, String name, String roles, boolean owner, double factor, long seed) {
    return part(data, name, roles, owner, factor, seed, "");
  }

  private static OrreryProcess part(
      Path data,
      String name,
      String roles,
      boolean owner,
      double factor,
      long seed,
      String knownPassword) {
    try {
      List<String> command = new ArrayList<>(run(data, factor, seed));
      command.addAll(List.of("--roles", roles));
      return launch(data, data.resolveSibling(name), command, knownPassword, owner);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the same part again; the password is known from the first start. */
  public OrreryProcess again(String name, String roles, double factor, long seed) {
    return part(data, name, roles, owner, factor, seed, password);
  }

  /**
   * Starts a training drill on a data directory of its own and waits until the page is announced.
   *
   * @param data its data directory, not there yet; its last name is also that of the log
   * @param name which drill
   * @param seed seed of the stand-in detector and of the drill
   */
  public static OrreryProcess drill(Path data, String name, long seed) {
    return launch(
        data,
        data,
        List.of("drill", "run", name, "--data", data.toString(), "--seed", Long.toString(seed)),
        "",
        true);
  }

  private static OrreryProcess start(Path data, double factor, long seed, String knownPassword) {
    try {
      return launch(data, data, run(data, factor, seed), knownPassword, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> run(Path data, double factor, long seed) throws IOException {
    Files.createDirectories(data);
    Path site = data.resolveSibling(data.getFileName() + "-site.yaml");
    Files.writeString(
        site, "simulation: {factor: " + factor + ", seed: " + seed + "}\nserver: {port: 0}\n");
    return List.of(
        "run",
        "--simulated",
        "--site",
        site.toString(),
        "--data",
        data.toString(),
        "--ack-ledger",
        ledger(data).toString());
  }

  private static OrreryProcess launch(
      Path data, Path log, List<String> arguments, String knownPassword, boolean owner) {
    Path script = distributed("bin/orrery");
    if (!Files.isExecutable(script)) {
      throw new IllegalStateException(script + " is missing; build it first with mvn package");
    }
    try {
      List<String> command = new ArrayList<>(List.of(script.toString()));
      command.addAll(arguments);
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      OrreryProcess orrery = new OrreryProcess(data, builder.start(), knownPassword, owner);
      Thread.ofVirtual().name("log-of-" + data.getFileName()).start(() -> orrery.read(log));
      orrery.awaitAnnouncement();
      return orrery;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(Path name) {
    try (BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Writer log =
            Files.newBufferedWriter(
                Logs.of(name), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
        log.write(line + "\n");
        log.flush();
      }
    } catch (IOException e) {
      lines.add("(output ended: " + e.getMessage() + ")");
    }
  }

  private void awaitAnnouncement() {
    Awaitility.await("Orrery announces its page")
        .atMost(START)
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new IllegalStateException("Orrery ended: " + String.join("\n", lines));
              }
              return find(ANNOUNCED).isPresent();
            });
    find(PASSWORD).ifPresent(found -> password = found);
  }

  private Optional<String> find(Pattern pattern) {
    return lines.stream()
        .map(pattern::matcher)
        .filter(Matcher::find)
        .map(m -> m.groupCount() == 0 ? m.group() : m.group(1))
        .findFirst();
  }

  /** Address of the page, without a trailing slash. */
  public String url() {
    return find(PAGE).orElseThrow().replaceAll("/$", "");
  }

  /** Password of the first account. */
  public String password() {
    return password;
  }

  /** The data directory. */
  public Path data() {
    return data;
  }

  /** Where every acknowledged sample is written down. */
  public Path ledger() {
    return ledger(data);
  }

  private static Path ledger(Path data) {
    return data.resolveSibling(data.getFileName() + "-acks.txt");
  }

  /** What it printed so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** The main process and every child that it looks after. */
  public List<ProcessHandle> processes() throws IOException {
    return owner ? ChildProcesses.of(data, process.toHandle()) : List.of(process.toHandle());
  }

  /** Kills it as a power cut would, leaving its children behind. */
  public void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor(10, TimeUnit.SECONDS);
  }

  /** Sends what Ctrl-C sends and returns how long it took to end. */
  public Duration interrupt() throws IOException, InterruptedException {
    long before = System.nanoTime();
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    if (!process.waitFor(STOP)) {
      throw new IllegalStateException("did not end within " + STOP + " of SIGINT");
    }
    return Duration.ofNanos(System.nanoTime() - before);
  }

  /** How it ended. */
  public int exitCode() {
    return process.exitValue();
  }

  /** Kills one of its children at once; the name is the one of its pid file. */
  public void killChild(String name) throws IOException, InterruptedException {
    ChildProcesses.signal(data, name, "-KILL");
  }

  /** Ends whatever of it is still there. */
  @Override
  public void close() throws IOException, InterruptedException {
    List<ProcessHandle> all = processes();
    try {
      if (process.isAlive()) {
        interrupt();
      }
    } finally {
      all.forEach(ProcessHandle::destroyForcibly);
      Runtime.getRuntime().removeShutdownHook(endWithTests);
    }
  }
}
