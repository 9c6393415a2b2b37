package org.orrery.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A parent JVM that a test kills, so that its child becomes an orphan. */
final class OrphanMaker {
  private OrphanMaker() {}

  static Process start(Path directory, String script) throws IOException {
    return new ProcessBuilder(
            JvmCommand.of(
                OrphanMaker.class.getName(),
                64,
                List.of("-XX:TieredStopAtLevel=1"),
                List.of(directory.toString(), script)))
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("parent.log").toFile())
        .start();
  }

  /** Starts the child named {@code orphan}, writes its pid, and waits to be killed. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    ProcessSpec spec =
        ProcessSpec.builder("orphan", directory, List.of("/bin/sh", "-c", arguments[1]))
            .ready(new ReadyCheck.OutputLine(Pattern.compile("serving")), Duration.ofSeconds(10))
            .build();
    SupervisedProcess process = SupervisedProcess.start(spec, ProcessListener.none());
    process.ready().get(10, TimeUnit.SECONDS);
    Path draft = directory.resolve("orphan.ready.new");
    Files.writeString(draft, Long.toString(process.handle().orElseThrow().pid()));
    Files.move(draft, directory.resolve("orphan.ready"));
    TimeUnit.MINUTES.sleep(5);
  }
}
