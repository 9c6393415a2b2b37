package org.orrery.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a child's output into a log file of bounded size and looks for the line that says ready.
 * Runs on a daemon thread until the child closes its output; when the disk is full the output is
 * dropped, so that the child never blocks on a full pipe.
 */
final class OutputPump {
  private static final Logger LOG = LoggerFactory.getLogger(OutputPump.class);

  /** A longer line is matched and kept in parts; bounds the memory. */
  private static final int MAX_LINE_BYTES = 8192;

  private final InputStream output;
  private final Path logFile;
  private final long generationBytes;
  private final @Nullable Pattern readyLine;
  private final Thread thread;
  private volatile boolean sawReadyLine;
  private volatile String lastLine = "";
  private boolean diskFailed;

  private OutputPump(InputStream output, ProcessSpec spec) {
    this.output = output;
    this.logFile = spec.logFile();
    this.generationBytes = spec.logMaxBytes() / 2;
    this.readyLine =
        spec.readyCheck() instanceof ReadyCheck.OutputLine(Pattern pattern) ? pattern : null;
    this.thread = Thread.ofPlatform().daemon().name("output-" + spec.name()).unstarted(this::pump);
  }

  static OutputPump start(Process process, ProcessSpec spec) {
    OutputPump pump = new OutputPump(process.getInputStream(), spec);
    pump.thread.start();
    return pump;
  }

  boolean sawReadyLine() {
    return sawReadyLine;
  }

  /** The last line that was not blank; empty when there was none. */
  String lastLine() {
    return lastLine;
  }

  /** Waits until everything the child said has been taken, at most a second. */
  void drain() throws InterruptedException {
    thread.join(1000);
  }

  private void pump() {
    byte[] line = new byte[MAX_LINE_BYTES];
    int length = 0;
    try (output) {
      byte[] buffer = new byte[MAX_LINE_BYTES];
      for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
        append(buffer, read);
        for (int i = 0; i < read; i++) {
          if (buffer[i] == '\n' || length == line.length) {
            take(new String(line, 0, length, StandardCharsets.UTF_8));
            length = 0;
          }
          if (buffer[i] != '\n') {
            line[length++] = buffer[i];
          }
        }
      }
      take(new String(line, 0, length, StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.debug("output of the child ended: {}", e.toString());
    }
  }

  private void take(String line) {
    if (!line.isBlank()) {
      lastLine = line.strip();
      if (readyLine != null && readyLine.matcher(line).find()) {
        sawReadyLine = true;
      }
    }
  }

  private void append(byte[] bytes, int length) {
    try {
      Path older = logFile.resolveSibling(logFile.getFileName() + ".1");
      if (Files.exists(logFile) && Files.size(logFile) + length > generationBytes) {
        Files.move(logFile, older, StandardCopyOption.REPLACE_EXISTING);
      }
      try (OutputStream log =
          Files.newOutputStream(logFile, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        log.write(bytes, 0, length);
      }
      diskFailed = false;
    } catch (IOException e) {
      if (!diskFailed) {
        LOG.warn("cannot write {}: {}", logFile, e.toString());
      }
      diskFailed = true;
    }
  }
}
