package org.orrery.bus.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.orrery.bus.Topic;

/** The newest message of every key of one live topic. Not thread-safe. */
final class Retained {
  private final Map<String, Object> newest = new LinkedHashMap<>();

  <T> void keep(LiveTopics.Live<T> live, Object message) {
    Function<T, String> key = live.key();
    if (key == null) {
      return;
    }
    String of = key.apply(live.topic().type().cast(message));
    newest.remove(of);
    newest.put(of, message);
    if (newest.size() > live.most()) {
      newest.remove(newest.keySet().iterator().next());
    }
  }

  void forEach(Topic<?> topic, BiConsumer<Topic<?>, Object> said) {
    List.copyOf(newest.values()).forEach(message -> said.accept(topic, message));
  }
}
