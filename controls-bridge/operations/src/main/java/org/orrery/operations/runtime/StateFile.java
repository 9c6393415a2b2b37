package org.orrery.operations.runtime;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import org.orrery.contract.operations.ControlHolder;
import org.orrery.contract.operations.DeviceLock;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.operations.Run;
import org.orrery.contract.operations.TagOut;
import org.orrery.operations.core.Remembered;

/**
 * Control, tag-outs, reserved devices and the last run in one small file, so that they hold without
 * a database. Replaced as a whole: a reader sees the old content or the new one. Blocks; not
 * thread-safe.
 */
final class StateFile {
  private static final String REVISION = "revision";

  private final Path file;

  StateFile(Path file) {
    this.file = file;
  }

  /**
   * What was written last; empty where nothing ever was.
   *
   * @throws IllegalStateException if the file is there and cannot be understood: tag-outs must not
   *     be lost silently
   */
  Optional<Remembered> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Properties properties = new Properties();
      properties.load(new StringReader(Files.readString(file)));
      long revision = properties.containsKey(REVISION) ? number(properties, REVISION) : 0;
      return Optional.of(new Remembered(parse(properties), revision));
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException(
          file
              + " holds control and tag-outs and cannot be read ("
              + e.getMessage()
              + "); mend it, or move it away and set the tag-outs anew",
          e);
    }
  }

  /** Writes the state through to the disk. */
  void write(Remembered remembered) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      Files.createDirectories(folder);
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      StringWriter text = new StringWriter();
      Properties properties = format(remembered.state());
      properties.setProperty(REVISION, Long.toString(remembered.revision()));
      properties.store(text, "Control, tag-outs and the last run; written by Orrery");
      try (FileChannel channel =
          FileChannel.open(
              fresh,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      // Until the folder is on disk as well, the old file may be there again after a power cut.
      try (FileChannel renamed = FileChannel.open(folder)) {
        renamed.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static Properties format(OperationsState state) {
    Properties properties = new Properties();
    state
        .control()
        .ifPresent(
            holder -> {
              properties.setProperty("control.person", holder.person());
              properties.setProperty("control.sinceNs", Long.toString(holder.sinceNs()));
            });
    state
        .run()
        .ifPresent(
            run -> {
              properties.setProperty("run.number", Long.toString(run.number()));
              properties.setProperty("run.type", run.type());
              properties.setProperty("run.startNs", Long.toString(run.startNs()));
              run.stopNs().ifPresent(ns -> properties.setProperty("run.stopNs", Long.toString(ns)));
            });
    properties.setProperty("tagOuts", Integer.toString(state.tagOuts().size()));
    for (int i = 0; i < state.tagOuts().size(); i++) {
      TagOut tagOut = state.tagOuts().get(i);
      properties.setProperty("tagOut." + i + ".device", tagOut.device());
      properties.setProperty("tagOut." + i + ".owner", tagOut.owner());
      properties.setProperty("tagOut." + i + ".reason", tagOut.reason());
      properties.setProperty("tagOut." + i + ".sinceNs", Long.toString(tagOut.sinceNs()));
      List<String> members = tagOut.members();
      properties.setProperty("tagOut." + i + ".members", Integer.toString(members.size()));
      for (int j = 0; j < members.size(); j++) {
        properties.setProperty("tagOut." + i + ".member." + j, members.get(j));
      }
    }
    properties.setProperty("locks", Integer.toString(state.locks().size()));
    for (int i = 0; i < state.locks().size(); i++) {
      DeviceLock lock = state.locks().get(i);
      properties.setProperty("lock." + i + ".device", lock.device());
      properties.setProperty("lock." + i + ".owner", lock.owner());
      properties.setProperty("lock." + i + ".reason", lock.reason());
      properties.setProperty("lock." + i + ".sinceNs", Long.toString(lock.sinceNs()));
      properties.setProperty("lock." + i + ".untilNs", Long.toString(lock.untilNs()));
    }
    return properties;
  }

  private static OperationsState parse(Properties properties) {
    Optional<ControlHolder> control =
        Optional.ofNullable(properties.getProperty("control.person"))
            .map(person -> new ControlHolder(person, number(properties, "control.sinceNs")));
    Optional<Run> run =
        properties.getProperty("run.number") == null
            ? Optional.empty()
            : Optional.of(
                new Run(
                    number(properties, "run.number"),
                    text(properties, "run.type"),
                    number(properties, "run.startNs"),
                    properties.getProperty("run.stopNs") == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(number(properties, "run.stopNs"))));
    List<TagOut> tagOuts = new ArrayList<>();
    for (int i = 0; i < number(properties, "tagOuts"); i++) {
      String prefix = "tagOut." + i + ".";
      tagOuts.add(
          new TagOut(
              text(properties, prefix + "device"),
              text(properties, prefix + "owner"),
              text(properties, prefix + "reason"),
              number(properties, prefix + "sinceNs"),
              members(properties, prefix)));
    }
    return new OperationsState(
        OperationsState.UNKNOWN.mode(), run, control, tagOuts, locks(properties));
  }

  /** None where the file is older than that tag-outs name them. */
  private static List<String> members(Properties properties, String prefix) {
    List<String> members = new ArrayList<>();
    long count =
        properties.containsKey(prefix + "members") ? number(properties, prefix + "members") : 0;
    for (int i = 0; i < count; i++) {
      members.add(text(properties, prefix + "member." + i));
    }
    return members;
  }

  /** None where the file is older than reservations. */
  private static List<DeviceLock> locks(Properties properties) {
    List<DeviceLock> locks = new ArrayList<>();
    long count = properties.containsKey("locks") ? number(properties, "locks") : 0;
    for (int i = 0; i < count; i++) {
      String prefix = "lock." + i + ".";
      locks.add(
          new DeviceLock(
              text(properties, prefix + "device"),
              text(properties, prefix + "owner"),
              text(properties, prefix + "reason"),
              number(properties, prefix + "sinceNs"),
              number(properties, prefix + "untilNs")));
    }
    return locks;
  }

  private static String text(Properties properties, String key) {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException("key " + key + " is missing");
    }
    return value;
  }

  private static long number(Properties properties, String key) {
    try {
      return Long.parseLong(text(properties, key));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("key " + key + " is no number", e);
    }
  }
}
