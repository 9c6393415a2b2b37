package org.orrery.gateway.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From where the gateway counts samples in each of its lives: from the wall clock in microseconds,
 * which no channel outruns, so that a number that one life gave is not given again by the next; a
 * PV whose own time stands still would lose samples as repeated ones otherwise. A small file
 * remembers the last start for the case that the clock was set back. The numbers stay below 2^53
 * until the year 2255, so that every reader takes them as they are. Stateless.
 */
final class SequenceStart {
  private static final Logger LOG = LoggerFactory.getLogger(SequenceStart.class);

  /** More samples than one channel gives in a life: a thousand a second for two years. */
  private static final long LIFE = 1L << 36;

  private SequenceStart() {}

  /**
   * Where this life begins, remembered for the next one. What cannot be read counts as nothing;
   * what cannot be written is told and is no reason to have no samples.
   *
   * @param file where the last start is remembered
   */
  static long next(Path file, long wallNs) {
    long last = read(file);
    long now = wallNs / 1_000;
    long start = now > last ? now : last + LIFE;
    try {
      WholeFile.replace(file, start + "\n");
    } catch (IOException e) {
      LOG.warn(
          "{} cannot be written ({}); should the clock be set back before the next start, samples"
              + " may then count as repeated: check the rights and the disk of the data directory",
          file,
          e.toString());
    }
    return start;
  }

  private static long read(Path file) {
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }
}
