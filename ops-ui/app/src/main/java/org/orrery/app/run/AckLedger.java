package org.orrery.app.run;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.orrery.bus.kafka.AckListener;
import org.orrery.bus.kafka.Published;
import org.orrery.contract.sample.Sample;

/**
 * Writes down every sample that Kafka acknowledged, one line each: channel, source time in ns,
 * sequence. Loss accounting compares it with the archive. Every line reaches the operating system
 * before the next is taken, so that it survives the death of this process. What is acknowledged
 * after its end is not written down. Thread-safe.
 */
final class AckLedger implements AckListener, AutoCloseable {
  private final BufferedWriter writer;
  private boolean closed;

  AckLedger(Path file) throws IOException {
    writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public synchronized void acknowledged(Sample sample, Published at) {
    if (closed) {
      return;
    }
    try {
      writer.write(
          sample.channel().value() + " " + sample.sourceTimeNs() + " " + sample.sequence() + "\n");
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the ledger of acknowledgements cannot be written", e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    writer.close();
  }
}
