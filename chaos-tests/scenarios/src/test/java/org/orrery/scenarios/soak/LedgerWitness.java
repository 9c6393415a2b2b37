package org.orrery.scenarios.soak;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.orrery.scenarios.harness.Records;

/**
 * Compares what Kafka acknowledged with what the archive holds, from where it was last compared.
 * Not thread-safe.
 */
final class LedgerWitness {
  private final Path ledger;
  private long comparedBytes;

  /**
   * @param ledger one line for every acknowledged sample
   * @param comparedBytes how much of it was compared before
   */
  LedgerWitness(Path ledger, long comparedBytes) {
    this.ledger = ledger;
    this.comparedBytes = comparedBytes;
  }

  /**
   * What was acknowledged since the last comparison.
   *
   * @param samples channel, source time and sequence of each
   * @param endBytes up to where the ledger was read
   */
  record Fresh(Set<String> samples, long endBytes) {}

  /** Reads on; a line that is not whole yet, or was cut by a kill, is left for the next time. */
  Fresh fresh() throws IOException {
    Set<String> samples = new HashSet<>();
    try (RandomAccessFile file = new RandomAccessFile(ledger.toFile(), "r")) {
      byte[] bytes = new byte[Math.toIntExact(file.length() - comparedBytes)];
      file.seek(comparedBytes);
      file.readFully(bytes);
      int start = 0;
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] == '\n') {
          samples.add(new String(bytes, start, i - start, StandardCharsets.UTF_8));
          start = i + 1;
        }
      }
      return new Fresh(samples, comparedBytes + start);
    }
  }

  /** Those of them that the archive does not hold now. */
  static Set<String> missing(Set<String> samples, Path data) throws IOException, SQLException {
    Set<String> missing = new HashSet<>(samples);
    long oldest =
        samples.stream().mapToLong(line -> Long.parseLong(line.split(" ")[1])).min().orElse(0);
    Records.forEachArchivedSince(data, oldest, missing::remove);
    return missing;
  }

  /** These are in the archive: they need not be compared again. */
  void done(Fresh fresh) {
    comparedBytes = fresh.endBytes();
  }

  long comparedBytes() {
    return comparedBytes;
  }
}
