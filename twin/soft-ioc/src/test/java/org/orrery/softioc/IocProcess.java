package org.orrery.softioc;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A soft IOC as a real child process. */
final class IocProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("READY serverPort=(\\d+) searchPort=(\\d+)");

  private final Process process;
  private final int searchPort;

  private IocProcess(Process process, int searchPort) {
    this.process = process;
    this.searchPort = searchPort;
  }

  static IocProcess start(Path directory, String... further) throws IOException {
    Process process = launch(directory, further);
    BufferedReader output = process.inputReader();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher ready = READY.matcher(line);
      if (ready.matches()) {
        return new IocProcess(process, Integer.parseInt(ready.group(2)));
      }
    }
    process.destroyForcibly();
    throw new IOException("the soft IOC ended before it was ready");
  }

  private static Process launch(Path directory, String... further) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.net.preferIPv4Stack=true",
                "-cp",
                classPath,
                "org.orrery.softioc.SoftIoc",
                "--state-file",
                directory.resolve("state").toString(),
                "--seed",
                "7"));
    command.addAll(List.of(further));
    return new ProcessBuilder(command).redirectError(directory.resolve("stderr").toFile()).start();
  }

  int searchPort() {
    return searchPort;
  }

  long pid() {
    return process.pid();
  }

  /** Sends SIGKILL and waits for the end. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Sends SIGTERM; returns the ms until the end, or -1 when it takes more than 5 s. */
  long terminate() throws InterruptedException {
    long startNs = System.nanoTime();
    process.destroy();
    return process.waitFor(5, TimeUnit.SECONDS)
        ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs)
        : -1;
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  boolean endsWithin(long seconds) throws InterruptedException {
    return process.waitFor(seconds, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
