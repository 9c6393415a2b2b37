package org.orrery.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names one life of one process: a pid alone is used again by the system.
 *
 * @param pid process id
 * @param startMark boot id and start in clock ticks since boot where {@code /proc} tells them
 *     (proc(5), stat field 22), which no clock adjustment moves; otherwise the start time that the
 *     JDK reports
 */
record ProcessIdentity(long pid, String startMark) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Pattern BLANK = Pattern.compile(" ");

  /** Fields behind the command name, which may itself hold blanks and parentheses. */
  private static final int START_TICKS_AFTER_COMMAND = 19;

  static ProcessIdentity of(ProcessHandle process) {
    return new ProcessIdentity(process.pid(), startMark(process));
  }

  /** The process with this pid, if it is still the same one. */
  Optional<ProcessHandle> find() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(process -> startMark(process).equals(startMark));
  }

  private static String startMark(ProcessHandle process) {
    try {
      String stat =
          Files.readString(
              Path.of("/proc", Long.toString(process.pid()), "stat"), StandardCharsets.ISO_8859_1);
      String[] fields =
          BLANK.split(stat.substring(stat.lastIndexOf(')') + 2), START_TICKS_AFTER_COMMAND + 2);
      return Files.readString(BOOT_ID).strip() + ":" + fields[START_TICKS_AFTER_COMMAND];
    } catch (IOException | IndexOutOfBoundsException e) {
      return process.info().startInstant().map(Object::toString).orElse("unknown");
    }
  }
}
