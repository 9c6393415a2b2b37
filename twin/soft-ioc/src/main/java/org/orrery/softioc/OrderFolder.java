package org.orrery.softioc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.orrery.simulator.CommandReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes lines of the simulator's own control from files, for those who hold no control-system
 * client: whoever may write into the folder, which is the data directory's owner, may start faults.
 * A file {@code NAME.order} (moved there whole) holds one line or one fault file; it is taken away,
 * carried out once, and answered in {@code NAME.answer}, whose first line is {@code DONE} or {@code
 * REFUSED}. Orders from before the start are thrown away: nobody waits for them any more.
 * Thread-safe.
 */
final class OrderFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OrderFolder.class);

  private static final String ORDER = ".order";
  private static final String ANSWER = ".answer";
  private static final long LOOK_EVERY_MS = 100;
  private static final long MOST_BYTES = 256 << 10;

  private final Path folder;
  private final Function<String, CompletionStage<CommandReply>> control;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("orrery-soft-ioc-orders").factory());

  /**
   * Makes the folder and begins to watch it.
   *
   * @param control carries a line out
   * @throws IOException if the folder cannot be made
   */
  OrderFolder(Path folder, Function<String, CompletionStage<CommandReply>> control)
      throws IOException {
    this.folder = Files.createDirectories(folder);
    this.control = control;
    for (Path stale : files("")) {
      Files.deleteIfExists(stale);
    }
    var unusedLooking =
        thread.scheduleWithFixedDelay(
            this::look, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
  }

  private List<Path> files(String ending) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().endsWith(ending)).sorted().toList();
    }
  }

  /** A periodic task that throws would never run again. */
  private void look() {
    try {
      for (Path order : files(ORDER)) {
        take(order);
      }
    } catch (IOException | RuntimeException failed) {
      LOG.warn("orders in {} cannot be taken: {}", folder, failed.toString());
    }
  }

  private void take(Path order) throws IOException {
    String line = Files.size(order) > MOST_BYTES ? "" : Files.readString(order).strip();
    Files.delete(order); // first: an order is never carried out twice
    var unusedAnswered =
        control
            .apply(line)
            .handle(
                (reply, failure) -> {
                  answer(
                      order,
                      reply != null
                          ? reply
                          : new CommandReply(false, "the detector is going down"));
                  return true;
                });
  }

  private void answer(Path order, CommandReply reply) {
    String name = order.getFileName().toString();
    String stem = name.substring(0, name.length() - ORDER.length());
    Path half = folder.resolve(stem + ".part");
    try {
      Files.writeString(
          half,
          (reply.done() ? "DONE" : "REFUSED") + "\n" + reply.text() + "\n",
          StandardCharsets.UTF_8);
      Files.move(half, folder.resolve(stem + ANSWER), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      LOG.warn("order {} was carried out but cannot be answered: {}", stem, failed.toString());
    }
  }

  /** Takes no more orders. */
  @Override
  public void close() {
    thread.shutdownNow();
  }
}
