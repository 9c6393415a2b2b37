package org.orrery.gateway.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
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
 * whoever made it; removing it releases nothing. A file that is not the one written here says that
 * somebody stopped writing, anew where it was stopped already. The journal remembers the state
 * across restarts. Confined to the gateway's context, but for {@link #stopped()}.
 */
final class WritingControl {
  private static final Logger LOG = LoggerFactory.getLogger(WritingControl.class);
  private static final String BY_FILE = "file";
  private static final int LONGEST_REASON = 200;

  /** Tells one file from another, and from itself before somebody touched it. */
  private record Mark(FileTime modified, long size) {
    /** Of a file of which nothing can be told but that it may be there. */
    static final Mark UNREADABLE = new Mark(FileTime.fromMillis(0), -1);
  }

  private final Path file;
  private final Journal journal;
  private final WallClock clock;
  private final Consumer<WritingState> changed;
  private volatile WritingState state;

  /** The file as it was written here, or answered with a stop; empty for none. */
  private Optional<Mark> ours = Optional.empty();

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
    // A file that says something else was made while no gateway ran: the next look takes it so.
    if (state.stopped() && (Files.notExists(file) || content(file).equals(text(state)))) {
      writeFile();
    }
  }

  /** The state now; looks for the file. */
  WritingState current() {
    Optional<Mark> there = mark(file);
    if (there.isPresent() && !there.equals(ours)) {
      stopByFile(file);
    }
    return state;
  }

  private void stopByFile(Path made) {
    String reason = "the file " + file + " was made or changed" + quoted(made);
    set(WritingSwitch.stop(state, BY_FILE, reason, clock.nowNs()));
    writeFile();
  }

  /** Whether writing is stopped at this moment, the file included. Thread-safe. */
  boolean stopped() {
    return state.stopped() || !Files.notExists(file);
  }

  Reply<WritingState> request(WritingRequest request) {
    Reply<WritingState> reply = WritingSwitch.step(current(), request, clock.nowNs());
    if (reply instanceof Reply.Done<WritingState> done) {
      if (!done.value().stopped()) {
        return release(done.value());
      }
      set(done.value());
      // Who agrees to a release leaves the file alone: it may say by now that somebody stops anew.
      if (request instanceof WritingRequest.Stop) {
        writeFile();
      }
    }
    return reply;
  }

  /** Takes the file away before it looks at it, so that none is removed that nobody has seen. */
  private Reply<WritingState> release(WritingState released) {
    Path taken = file.resolveSibling(file.getFileName() + ".released");
    try {
      Files.move(file, taken, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
      boolean another = !mark(taken).equals(ours);
      if (another) {
        stopByFile(taken);
      }
      Files.delete(taken);
      if (another) {
        return new Reply.Declined<>(
            "writing stays stopped: somebody stopped it again meanwhile by the file "
                + file
                + ", which voids what was agreed; look why, and release again");
      }
    } catch (NoSuchFileException removedByHand) {
      LOG.info("the file {} was removed before writing was released", file);
    } catch (IOException e) {
      LOG.error("the file {} cannot be removed: {}", file, e.toString());
      return new Reply.Declined<>(
          "writing stays stopped: the file "
              + file
              + " cannot be removed; remove it by hand and release again");
    }
    ours = Optional.empty();
    set(released);
    return new Reply.Done<>(released);
  }

  private void set(WritingState next) {
    state = next;
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

  /** Which file is there, as far as it can be told; empty for none. */
  private static Optional<Mark> mark(Path path) {
    try {
      BasicFileAttributes there = Files.readAttributes(path, BasicFileAttributes.class);
      return Optional.of(new Mark(there.lastModifiedTime(), there.size()));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(Mark.UNREADABLE);
    }
  }

  private static String quoted(Path path) {
    String line = content(path).strip().lines().findFirst().orElse("");
    String plain = line.replaceAll("\\p{Cntrl}", " ");
    return plain.isEmpty()
        ? ""
        : ": " + plain.substring(0, Math.min(plain.length(), LONGEST_REASON));
  }

  private static String content(Path path) {
    try {
      return Files.readString(path, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private static String text(WritingState state) {
    return "Writing is stopped by "
        + state.by()
        + ": "
        + state.reason()
        + "\nTwo different experts release it in Orrery; removing this file does not.\n";
  }

  private void writeFile() {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      Files.writeString(draft, text(state), StandardCharsets.UTF_8);
      // Of the draft: by the time that the file is looked at again it may be somebody else's.
      ours = mark(draft);
      Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      ours = mark(file);
      LOG.error("writing is stopped, but the file {} could not be made: {}", file, e.toString());
    }
  }
}
