package org.orrery.alarms.runtime.phoebus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Messages as Phoebus writes them, from {@code /phoebus}. */
final class Specimens {
  private Specimens() {}

  record Message(String key, @Nullable String value) {}

  static List<Message> topic() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Specimens.class.getResourceAsStream("/phoebus/topic.tsv"))) {
      List<Message> messages = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        String[] parts = line.split("\t", 2);
        messages.add(new Message(parts[0], parts[1].equals("null") ? null : parts[1]));
      }
      return messages;
    }
  }

  /** A state as the alarm server writes it. */
  static String state(String severity, String message, String current, String currentMessage) {
    return ("{\"severity\":\"%s\",\"message\":\"%s\",\"value\":\"0.02\",\"time\":{\"seconds\":"
            + "1700000000,\"nano\":5},\"current_severity\":\"%s\",\"current_message\":\"%s\"}")
        .formatted(severity, message, current, currentMessage);
  }
}
