package org.orrery.app.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a file, so that all of it is told at once. Not thread-safe. */
final class Problems {
  private final String file;
  private final List<String> messages = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  void add(int line, String message) {
    messages.add(file + ":" + line + ": " + message);
  }

  List<String> messages() {
    return List.copyOf(messages);
  }
}
