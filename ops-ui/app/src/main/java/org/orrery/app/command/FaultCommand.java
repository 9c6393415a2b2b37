package org.orrery.app.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Tells the simulated detector to break something, past Orrery: through the folder of the soft IOC,
 * never through the gate.
 */
@Command(
    name = "fault",
    mixinStandardHelpOptions = true,
    description = {
      "Starts or ends a fault in the simulated detector, past Orrery.",
      "",
      "  orrery fault \"F5 start\"                         a recirculation pump stops",
      "  orrery fault \"F10 start\"                        the weather changes",
      "  orrery fault \"F21 start channel=purif.flow stuck=0\"   a sensor lies",
      "  orrery fault --file my-fault.yaml               a fault of your own",
      "  orrery fault \"F5 clear\" | \"clear all\" | list",
      ""
    })
public final class FaultCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final long LOOK_EVERY_MS = 50;

  @Mixin private DataOption data = new DataOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..*",
      paramLabel = "WORDS",
      description = "What happens, for example F5 start; list shows what is going on.")
  private List<String> words = List.of();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description =
          "Starts the fault that this YAML file describes; see docs/guides/fault-files.md.")
  private @Nullable Path file;

  private Duration patience = PATIENCE;

  /** Picocli fills it in. */
  public FaultCommand() {}

  /** The same with another time to wait for the answer. */
  FaultCommand(Duration patience) {
    this.patience = patience;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    if ((file == null) == words.isEmpty()) {
      err.println("give either what happens, for example \"F5 start\", or --file FILE");
      return 2;
    }
    String order;
    try {
      order = file == null ? String.join(" ", words).strip() : Files.readString(file);
    } catch (NoSuchFileException e) {
      err.printf("there is no file %s%n", file);
      return 2;
    } catch (IOException e) {
      err.printf("%s cannot be read: %s%n", file, e);
      return 2;
    }
    Path folder = data.path().resolve("soft-ioc").resolve("faults");
    if (!Files.isDirectory(folder)) {
      err.printf(
          "no simulated detector has run on %s; start one with 'orrery run --simulated', or give"
              + " its --data%n",
          data.path());
      return 1;
    }
    try {
      Optional<String> answer = ask(folder, order);
      if (answer.isEmpty()) {
        err.printf(
            "no simulated detector runs on %s, and nothing was done; start one with 'orrery run"
                + " --simulated', or give its --data%n",
            data.path());
        return 1;
      }
      boolean done = answer.get().startsWith("DONE\n");
      String text = answer.get().substring(answer.get().indexOf('\n') + 1).strip();
      if (done) {
        spec.commandLine().getOut().println(text);
        return 0;
      }
      err.printf("the simulated detector refused: %s%n", text);
    } catch (IOException e) {
      err.printf("the simulated detector cannot be told (%s); check %s%n", e.getMessage(), folder);
    }
    return 1;
  }

  /** Empty when nobody took the order, which is then withdrawn. */
  private Optional<String> ask(Path folder, String line) throws IOException, InterruptedException {
    String name = UUID.randomUUID().toString();
    Path order = folder.resolve(name + ".order");
    Path answer = folder.resolve(name + ".answer");
    Path half = Files.writeString(folder.resolve(name + ".part"), line + "\n");
    Files.move(half, order, StandardCopyOption.ATOMIC_MOVE);
    long deadline = System.nanoTime() + patience.toNanos();
    while (!Files.exists(answer) && System.nanoTime() < deadline) {
      Thread.sleep(LOOK_EVERY_MS);
    }
    if (!Files.exists(answer) && Files.deleteIfExists(order)) {
      return Optional.empty();
    }
    if (!Files.exists(answer)) {
      throw new IOException("it took the order but did not answer");
    }
    String text = Files.readString(answer);
    Files.delete(answer);
    return Optional.of(text);
  }
}
