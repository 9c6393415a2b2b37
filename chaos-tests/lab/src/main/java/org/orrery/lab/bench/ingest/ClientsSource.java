package org.orrery.lab.bench.ingest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.epics.HostPort;
import org.orrery.process.JvmCommand;

/**
 * The server of the clients' benchmark in a process of its own, spoken to by lines: {@code run RATE
 * SECONDS} is answered by {@code ran POSTED MERGED}, the updates made and those that the server has
 * merged since it began. It ends with its input. Not thread-safe.
 */
public final class ClientsSource implements AutoCloseable {
  private static final int BASE_MEBIBYTES = 256;
  private static final int CHANNELS_PER_MEBIBYTE = 30;

  /**
   * What a run was.
   *
   * @param posted updates made in it
   * @param merged updates merged by the server since it began
   */
  record Ran(long posted, long merged) {}

  private final Process process;
  private final BufferedReader answers;
  private final HostPort searchAddress;

  private ClientsSource(Process process, BufferedReader answers, HostPort searchAddress) {
    this.process = process;
    this.answers = answers;
    this.searchAddress = searchAddress;
  }

  /** Starts the process and waits until it serves. */
  static ClientsSource start(int channels) throws IOException {
    Process process =
        new ProcessBuilder(
                JvmCommand.of(
                    ClientsSource.class.getName(),
                    BASE_MEBIBYTES + channels / CHANNELS_PER_MEBIBYTE,
                    List.of("-Djava.net.preferIPv4Stack=true"),
                    List.of(Integer.toString(channels))))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader answers = process.inputReader(StandardCharsets.UTF_8);
    String[] words = expect(answers, "serving");
    return new ClientsSource(process, answers, HostPort.parse(words[1]));
  }

  HostPort searchAddress() {
    return searchAddress;
  }

  /** Posts at a rate for some time. */
  Ran run(int perSecond, int seconds) throws IOException {
    process.outputWriter(StandardCharsets.UTF_8).write("run " + perSecond + " " + seconds + "\n");
    process.outputWriter(StandardCharsets.UTF_8).flush();
    String[] words = expect(answers, "ran");
    return new Ran(Long.parseLong(words[1]), Long.parseLong(words[2]));
  }

  /** Whether the process still runs. */
  boolean isAlive() {
    return process.isAlive();
  }

  /** CPU time of the process so far. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static String[] expect(BufferedReader answers, String first) throws IOException {
    for (String line = answers.readLine(); line != null; line = answers.readLine()) {
      String[] words = line.split(" ", -1);
      if (words[0].equals(first)) {
        return words;
      }
    }
    throw new IOException("the server's process ended before it said '" + first + "'");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** The process itself; its argument is the number of PVs. */
  public static void main(String[] arguments) throws IOException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (IngestSource source =
        new IngestSource(Integer.parseInt(arguments[0]), new SystemWallClock())) {
      System.out.println("serving " + source.searchAddress());
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        String[] words = line.split(" ", -1);
        long posted =
            source.run(Integer.parseInt(words[1]), Duration.ofSeconds(Integer.parseInt(words[2])));
        System.out.println("ran " + posted + " " + source.statistics().merged());
      }
    }
  }
}
