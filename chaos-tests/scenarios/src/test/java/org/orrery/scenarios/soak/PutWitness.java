package org.orrery.scenarios.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.orrery.contract.Bytes;
import org.orrery.gateway.core.JournalCodec;
import org.orrery.gateway.core.JournalEntry;
import org.orrery.gateway.core.JournalFrames;

/**
 * Compares the puts that the device saw with what the gate wrote down that it would attempt: each
 * attempt may have reached the device once, and what reached the device must have been attempted.
 * Stateless.
 */
final class PutWitness {
  private PutWitness() {}

  /**
   * What was found.
   *
   * @param attempts puts that the gate attempted
   * @param puts puts that the device saw from the gate
   * @param replayed of these, those that no attempt accounts for
   */
  record Found(int attempts, int puts, List<String> replayed) {
    Found {
      replayed = List.copyOf(replayed);
    }
  }

  private record Event(long wallNs, boolean attempt, String what) {}

  /**
   * Looks at all of it.
   *
   * @param data Orrery's data directory
   * @param pvs the PV of each channel
   * @param own the file of the puts that the campaign makes itself, past Orrery: PV and value
   */
  static Found look(Path data, Map<String, String> pvs, Path own) throws IOException {
    // First what the device saw: puts go on meanwhile, and each is announced before it leaves.
    List<String> seen = Files.readAllLines(data.resolve("soft-ioc/puts.log"));
    List<Event> events = new ArrayList<>(attempts(data.resolve("gateway/journal"), pvs));
    int attempts = events.size();
    Map<String, Integer> ownLeft = new HashMap<>();
    if (Files.exists(own)) {
      Files.readAllLines(own).forEach(put -> ownLeft.merge(put, 1, Integer::sum));
    }
    for (String line : seen) {
      String[] parts = line.split(" ", 2);
      if (ownLeft.merge(parts[1], -1, Integer::sum) < 0) {
        events.add(new Event(Long.parseLong(parts[0]), false, parts[1]));
      }
    }
    events.sort(Comparator.comparingLong(Event::wallNs).thenComparing(e -> !e.attempt()));
    Map<String, Boolean> open = new HashMap<>();
    List<String> replayed = new ArrayList<>();
    for (Event event : events) {
      if (event.attempt()) {
        open.put(event.what(), true);
      } else if (!Boolean.TRUE.equals(open.put(event.what(), false))) {
        replayed.add(event.wallNs() + " " + event.what());
      }
    }
    return new Found(attempts, events.size() - attempts, replayed);
  }

  private static List<Event> attempts(Path journal, Map<String, String> pvs) throws IOException {
    if (!Files.exists(journal)) {
      return List.of();
    }
    return switch (JournalFrames.scan(Bytes.of(Files.readAllBytes(journal)))) {
      case JournalFrames.Scan.Corrupt corrupt ->
          throw new AssertionError("the gate's journal is damaged: " + corrupt);
      case JournalFrames.Scan.Readable readable -> {
        List<Event> events = new ArrayList<>();
        for (Bytes payload : readable.payloads()) {
          if (JournalCodec.decode(payload) instanceof JournalEntry.Attempted attempted) {
            var command = attempted.signed().command();
            events.add(
                new Event(
                    attempted.wallNs(),
                    true,
                    pvs.get(command.channel().value()) + " " + command.value().display()));
          }
        }
        yield events;
      }
    };
  }
}
