package org.orrery.scenarios.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/** What Orrery was told is stored, compared with what is. Stateless. */
public final class Ledger {
  private Ledger() {}

  /** Every acknowledged sample: channel, source time, sequence. */
  public static Set<String> read(Path ledger) throws IOException {
    Set<String> acknowledged = new HashSet<>();
    try (Stream<String> lines = Files.lines(ledger)) {
      lines.forEach(acknowledged::add);
    }
    return acknowledged;
  }

  /** Those of them that the archive does not hold. */
  public static Set<String> missing(Set<String> acknowledged, Path data)
      throws IOException, SQLException {
    Set<String> missing = new HashSet<>(acknowledged);
    Records.forEachArchived(data, missing::remove);
    return missing;
  }
}
