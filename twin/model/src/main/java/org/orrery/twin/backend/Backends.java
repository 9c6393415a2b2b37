package org.orrery.twin.backend;

import java.nio.file.Path;
import org.orrery.twin.TwinConfig;
import org.orrery.twin.backend.array.FusedBackend;
import org.orrery.twin.backend.djl.DjlBackend;
import org.orrery.twin.core.graph.BatchBackend;

/**
 * Chooses a backend by a measured table (docs/models/twin.md): on a CPU the fused method is the
 * fastest at every size, ahead of the block interpreter and of DJL, whose cost per operation weighs
 * on a model of a hundred small ones; DJL is for a GPU and very large ensembles. Stateless.
 */
public final class Backends {
  /** From this size on {@code auto} asks whether there is a GPU. */
  private static final int GPU_MEMBERS = 100_000;

  private Backends() {}

  /**
   * The backend for a configuration.
   *
   * @param folder where a backend may unpack native libraries
   */
  public static BatchBackend choose(TwinConfig config, Path folder) {
    boolean gpu =
        switch (config.device()) {
          case "gpu" -> true;
          case "cpu" -> false;
          default -> config.members() >= GPU_MEMBERS;
        };
    if (gpu) {
      var djl = DjlBackend.open(folder, true);
      if (djl.isPresent()) {
        return djl.get();
      }
    }
    return new FusedBackend();
  }
}
