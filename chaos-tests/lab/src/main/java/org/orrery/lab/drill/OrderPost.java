package org.orrery.lab.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.orrery.contract.time.IdSource;

/**
 * Gives orders to the simulated detector by its folder, past Orrery and its gate, and waits for the
 * answers. Thread-safe; blocks.
 */
final class OrderPost {
  private static final long LOOK_EVERY_MS = 50;

  private final Path folder;
  private final IdSource ids;
  private final Duration patience;

  /**
   * @param folder the folder that the soft IOC watches
   * @param ids makes the names of orders
   * @param patience how long an answer may take
   */
  OrderPost(Path folder, IdSource ids, Duration patience) {
    this.folder = folder;
    this.ids = ids;
    this.patience = patience;
  }

  /**
   * What the simulated detector said.
   *
   * @param done whether every line was carried out
   * @param text what it said to the last line that was given
   */
  record Answer(boolean done, String text) {}

  /** Gives the lines one after the other until one is refused. */
  Answer give(List<String> lines) throws InterruptedException {
    Answer last = new Answer(true, "");
    for (String line : lines) {
      last = give(line);
      if (!last.done()) {
        return last;
      }
    }
    return last;
  }

  private Answer give(String line) throws InterruptedException {
    String name = "drill-" + ids.next();
    Path order = folder.resolve(name + ".order");
    Path answer = folder.resolve(name + ".answer");
    try {
      Path half = Files.writeString(folder.resolve(name + ".part"), line + "\n");
      Files.move(half, order, StandardCopyOption.ATOMIC_MOVE);
      for (long waited = 0; !Files.exists(answer); waited += LOOK_EVERY_MS) {
        if (waited >= patience.toMillis()) {
          return new Answer(
              false,
              Files.deleteIfExists(order)
                  ? "the simulated detector does not take orders"
                  : "the simulated detector took the order but did not answer");
        }
        Thread.sleep(LOOK_EVERY_MS);
      }
      String text = Files.readString(answer);
      Files.delete(answer);
      return new Answer(text.startsWith("DONE\n"), text.substring(text.indexOf('\n') + 1).strip());
    } catch (IOException e) {
      return new Answer(false, "the simulated detector cannot be told: " + e.getMessage());
    }
  }
}
