package org.orrery.scenarios.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.orrery.contract.Bytes;
import org.orrery.contract.command.Command;
import org.orrery.gateway.core.JournalCodec;
import org.orrery.gateway.core.JournalEntry;
import org.orrery.gateway.core.JournalFrames;

/** What the write gate put on its own record, read past it. Stateless. */
public final class GateJournal {
  private GateJournal() {}

  /** Every command of which a put was attempted, in order; one that stands twice was replayed. */
  public static List<Command> attempted(Path data) throws IOException {
    Bytes file = Bytes.of(Files.readAllBytes(data.resolve("gateway/journal")));
    if (!(JournalFrames.scan(file) instanceof JournalFrames.Scan.Readable readable)) {
      throw new IOException("the gate's journal cannot be read");
    }
    List<Command> commands = new ArrayList<>();
    readable.payloads().stream()
        .map(JournalCodec::decode)
        .forEach(
            entry -> {
              if (entry instanceof JournalEntry.Attempted attempted) {
                commands.add(attempted.signed().command());
              }
            });
    return commands;
  }
}
