package org.orrery.gateway.core;

import java.util.Optional;
import java.util.function.Consumer;

/** Where the gate writes down what it is about to do and what came of it. */
public interface Journal {
  /**
   * Appends one entry. Entries become durable in the order of the calls.
   *
   * @param done called once, on any thread: empty when the entry is on disk, otherwise why it may
   *     not be and what to do
   */
  void append(JournalEntry entry, Consumer<Optional<String>> done);
}
