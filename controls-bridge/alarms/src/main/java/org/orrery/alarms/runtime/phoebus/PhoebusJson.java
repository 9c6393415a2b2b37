package org.orrery.alarms.runtime.phoebus;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.orrery.alarms.core.phoebus.PhoebusMessage;
import org.orrery.alarms.core.phoebus.PhoebusPath;
import org.orrery.alarms.core.phoebus.PhoebusSeverity;

/** Phoebus' messages as they stand on its topics: a key {@code type:/path} and JSON. Stateless. */
final class PhoebusJson {
  private static final long SECOND_NS = 1_000_000_000L;
  private static final String CONFIG = "config:";
  private static final String STATE = "state:";
  static final String COMMAND = "command:";

  private PhoebusJson() {}

  /** A message that does not say what Phoebus' messages say. */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String key, @Nullable String why) {
      super("'" + key + "' is no message of Phoebus that Orrery knows: " + why);
    }
  }

  /**
   * Decodes a record.
   *
   * @param value its JSON; null for what was taken away
   * @return empty for what concerns nobody here, such as the note that precedes a removal
   */
  static Optional<PhoebusMessage> decode(@Nullable String key, @Nullable String value)
      throws UnreadableException {
    if (key == null) {
      throw new UnreadableException("", "it has no key");
    }
    try {
      if (key.startsWith(CONFIG)) {
        return config(PhoebusPath.parse(key.substring(CONFIG.length())), value);
      }
      if (key.startsWith(STATE)) {
        return Optional.of(state(PhoebusPath.parse(key.substring(STATE.length())), value));
      }
      if (key.startsWith(COMMAND)) {
        return command(PhoebusPath.parse(key.substring(COMMAND.length())), value);
      }
      return Optional.empty();
    } catch (DecodeException | IllegalArgumentException | ClassCastException e) {
      throw new UnreadableException(key, e.getMessage());
    }
  }

  /** True for the states that the alarm server sends, which show that it lives. */
  static boolean isState(@Nullable String key) {
    return key != null && key.startsWith(STATE);
  }

  /** What a client sends to acknowledge. */
  static String acknowledge(String person, String host) {
    return new JsonObject()
        .put("user", person)
        .put("host", host)
        .put("command", "acknowledge")
        .encode();
  }

  /** A text; empty where it is null or left out, because others than Phoebus write there too. */
  private static String text(JsonObject json, String key) {
    return json.getValue(key) instanceof String text ? text : "";
  }

  private static long whole(JsonObject json, String key) {
    return json.getValue(key) instanceof Number number ? number.longValue() : 0;
  }

  private static Optional<PhoebusMessage> config(PhoebusPath path, @Nullable String value) {
    if (value == null) {
      return Optional.of(new PhoebusMessage.ConfigRemoved(path));
    }
    JsonObject json = new JsonObject(value);
    if (json.containsKey("delete")) {
      return Optional.empty();
    }
    List<String> guidance =
        guidance(json.getValue("guidance") instanceof JsonArray told ? told : new JsonArray());
    // A leaf has a description, be it an empty one; a branch has none.
    if (!json.containsKey("description")) {
      return Optional.of(new PhoebusMessage.BranchConfigured(path, guidance));
    }
    String enabled = String.valueOf(json.getValue("enabled", true));
    boolean plain = enabled.equalsIgnoreCase("true") || enabled.equalsIgnoreCase("false");
    return Optional.of(
        new PhoebusMessage.LeafConfigured(
            path,
            new PhoebusMessage.LeafConfig(
                text(json, "description"),
                enabled.equalsIgnoreCase("true"),
                plain ? "" : enabled,
                guidance)));
  }

  private static PhoebusMessage state(PhoebusPath path, @Nullable String value) {
    if (value == null) {
      return new PhoebusMessage.StateRemoved(path);
    }
    JsonObject json = new JsonObject(value);
    boolean maintenance = "maintenance".equals(json.getString("mode"));
    PhoebusSeverity severity = severity(json, "severity");
    if (!json.containsKey("current_severity")) {
      return new PhoebusMessage.BranchState(path, maintenance);
    }
    JsonObject time = json.getValue("time") instanceof JsonObject told ? told : new JsonObject();
    return new PhoebusMessage.StateTold(
        path,
        new PhoebusMessage.LeafState(
            severity,
            text(json, "message"),
            text(json, "value"),
            whole(time, "seconds") * SECOND_NS + whole(time, "nano"),
            severity(json, "current_severity"),
            text(json, "current_message")),
        maintenance);
  }

  private static Optional<PhoebusMessage> command(PhoebusPath path, @Nullable String value) {
    if (value == null) {
      return Optional.empty();
    }
    JsonObject json = new JsonObject(value);
    String command = text(json, "command");
    String user = text(json, "user");
    // The alarm server itself looks at the beginning of the word only.
    if (command.startsWith("ack") || command.startsWith("unack")) {
      return Optional.of(new PhoebusMessage.Commanded(path, user, command.startsWith("ack")));
    }
    return Optional.empty();
  }

  private static PhoebusSeverity severity(JsonObject json, String field) {
    String name = json.getString(field);
    if (name == null) {
      throw new IllegalArgumentException("it has no '" + field + "'");
    }
    return PhoebusSeverity.valueOf(name);
  }

  private static List<String> guidance(JsonArray array) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < array.size(); i++) {
      if (array.getValue(i) instanceof JsonObject one) {
        String title = text(one, "title");
        String details = text(one, "details");
        words.add(title.isEmpty() || details.isEmpty() ? title + details : title + ": " + details);
      }
    }
    return words;
  }
}
