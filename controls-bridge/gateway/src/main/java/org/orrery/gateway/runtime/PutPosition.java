package org.orrery.gateway.runtime;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Up to where Kafka has acknowledged the journal; kept in a small file beside it, replaced as a
 * whole. What cannot be read, or belongs to another journal, counts as nothing: the log then gets
 * everything again, which does no harm.
 *
 * @param journal which journal, by the hash of its first entry; empty for none
 * @param entries how many entries lie before
 * @param bytes how many bytes of the file lie before
 */
record PutPosition(String journal, long entries, long bytes) {
  static PutPosition read(Path file) {
    try {
      Properties properties = new Properties();
      properties.load(new StringReader(Files.readString(file)));
      return new PutPosition(
          properties.getProperty("journal", ""),
          Long.parseLong(properties.getProperty("entries", "0")),
          Long.parseLong(properties.getProperty("bytes", "0")));
    } catch (IOException | NumberFormatException e) {
      return new PutPosition("", 0, 0);
    }
  }

  void write(Path file) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("journal", journal);
    properties.setProperty("entries", Long.toString(entries));
    properties.setProperty("bytes", Long.toString(bytes));
    StringWriter text = new StringWriter();
    properties.store(text, "How much of the gate's journal Kafka has; written by Orrery");
    WholeFile.replace(file, text.toString());
  }
}
