package org.orrery.scenarios.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps what each Orrery printed, and shows the end of it where a test fails. Thread-safe. */
public final class Logs implements BeforeTestExecutionCallback, AfterTestExecutionCallback {
  private static final Path DIRECTORY = Path.of("target", "logs");
  private static final int TAIL_LINES = 60;
  private static final Queue<Path> WRITTEN = new ConcurrentLinkedQueue<>();

  /** The log of the Orrery that runs on this data directory; every life of it adds to it. */
  static Path of(Path data) throws IOException {
    Files.createDirectories(DIRECTORY);
    Path log = DIRECTORY.resolve(data.getFileName() + ".log");
    if (!WRITTEN.contains(log)) {
      WRITTEN.add(log);
    }
    return log;
  }

  @Override
  public void beforeTestExecution(ExtensionContext context) {
    WRITTEN.clear();
  }

  @Override
  public void afterTestExecution(ExtensionContext context) throws IOException {
    if (context.getExecutionException().isPresent()) {
      for (Path log : WRITTEN) {
        List<String> lines = Files.readAllLines(log);
        System.err.printf("--- end of %s%n", log);
        lines.stream().skip(Math.max(0, lines.size() - TAIL_LINES)).forEach(System.err::println);
      }
    }
  }
}
