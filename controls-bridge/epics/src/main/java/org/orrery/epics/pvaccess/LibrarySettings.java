package org.orrery.epics.pvaccess;

import java.util.Map;
import org.epics.pvaccess.util.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of one client or server in the library's own keys. Immutable.
 *
 * <p>The library reads system properties and the environment by itself; this class is handed in
 * instead, so that two clients of one JVM can differ and no setting of the host's other EPICS
 * programs leaks in.
 */
final class LibrarySettings implements Configuration {
  private final Map<String, String> values;

  LibrarySettings(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  @Override
  public boolean getPropertyAsBoolean(String name, boolean otherwise) {
    String value = values.get(name);
    return value == null ? otherwise : value.equals("YES");
  }

  @Override
  public int getPropertyAsInteger(String name, int otherwise) {
    String value = values.get(name);
    return value == null ? otherwise : Integer.parseInt(value);
  }

  @Override
  public float getPropertyAsFloat(String name, float otherwise) {
    String value = values.get(name);
    return value == null ? otherwise : Float.parseFloat(value);
  }

  @Override
  public @Nullable String getPropertyAsString(String name, @Nullable String otherwise) {
    return values.getOrDefault(name, otherwise);
  }
}
