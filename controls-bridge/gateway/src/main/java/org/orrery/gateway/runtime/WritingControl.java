package org.orrery.gateway.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Consumer;
import org.orrery.contract.Reply;
import org.orrery.contract.command.WritingRequest;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.time.WallClock;
import org.orrery.gateway.core.Journal;
import org.orrery.gateway.core.JournalEntry;
import org.orrery.gateway.core.WritingSwitch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The switch <i>Stop Orrery writing</i> with its file. While the file is there, writing is stopped,
 * whoever made it; removing it releases nothing. The journal remembers the state across restarts.
 * Confined to the gateway's context, but for {@link #stopped()}.
 */
final class WritingControl {
  private static final Logger LOG = LoggerFactory.getLogger(WritingControl.class);
  private static final int LONGEST_REASON = 200;

  private final Path file;
  private final Journal journal;
  private final WallClock clock;
  private final Consumer<WritingState> changed;
  private volatile WritingState state;

  /**
   * @param remembered the state in the journal
   * @param changed takes every new state
   */
  WritingControl(
      Path file,
      Journal journal,
      WallClock clock,
      Optional<WritingState> remembered,
      Consumer<WritingState> changed) {
    this.file = file;
    this.journal = journal;
    this.clock = clock;
    this.changed = changed;
    this.state = remembered.orElseGet(() -> WritingSwitch.released(clock.nowNs()));
    if (state.stopped()) {
      writeFile();
    }
  }

  /** The state now; looks for the file. */
  WritingState current() {
    if (!state.stopped() && !Files.notExists(file)) {
      set(
          WritingSwitch.stopped(
              "file", "the file " + file + " was made" + content(), clock.nowNs()));
    }
    return state;
  }

  /** Whether writing is stopped at this moment, the file included. Thread-safe. */
  boolean stopped() {
    return state.stopped() || !Files.notExists(file);
  }

  Reply<WritingState> request(WritingRequest request) {
    Reply<WritingState> reply = WritingSwitch.step(current(), request, clock.nowNs());
    if (reply instanceof Reply.Done<WritingState> done) {
      if (!done.value().stopped() && !removeFile()) {
        return new Reply.Declined<>(
            "writing stays stopped: the file "
                + file
                + " cannot be removed; remove it by hand and release again");
      }
      set(done.value());
    }
    return reply;
  }

  private void set(WritingState next) {
    state = next;
    if (next.stopped()) {
      writeFile();
    }
    LOG.warn(
        "writing is {}{}",
        next.stopped() ? "STOPPED by " + next.by() + ": " + next.reason() : "released",
        next.releasedBy().isEmpty() ? "" : "; release agreed by " + next.releasedBy());
    journal.append(
        new JournalEntry.Switched(next),
        failure ->
            failure.ifPresent(why -> LOG.error("the switch is not in the journal: {}", why)));
    changed.accept(next);
  }

  private String content() {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8).strip();
      if (text.isEmpty()) {
        return "";
      }
      String line = text.lines().findFirst().orElse("").replaceAll("\\p{Cntrl}", " ");
      return ": " + line.substring(0, Math.min(line.length(), LONGEST_REASON));
    } catch (IOException e) {
      return "";
    }
  }

  private void writeFile() {
    String text =
        "Writing is stopped by "
            + state.by()
            + ": "
            + state.reason()
            + "\nTwo different experts release it in Orrery; removing this file does not.\n";
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(draft, text, StandardCharsets.UTF_8);
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.error("writing is stopped, but the file {} could not be made: {}", file, e.toString());
    }
  }

  private boolean removeFile() {
    try {
      Files.deleteIfExists(file);
      return true;
    } catch (IOException e) {
      LOG.error("the file {} cannot be removed: {}", file, e.toString());
      return false;
    }
  }
}
