package org.orrery.app;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of the running code, from the jar's manifest. Stateless. */
public final class Version implements IVersionProvider {
  /** The version; {@code development} where the classes do not come from a jar. */
  public static String current() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"orrery " + current()};
  }
}
