package org.orrery.twin.backend.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.orrery.twin.core.graph.BatchBackend;
import org.orrery.twin.core.graph.BatchProgram;
import org.orrery.twin.core.graph.Program;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replays programs as NDArray operations in 64-bit floating point. Thread-safe; its programs are
 * not. The native library comes out of its jar and is unpacked once into a given folder; nothing is
 * downloaded.
 */
public final class DjlBackend implements BatchBackend {
  private static final Logger LOG = LoggerFactory.getLogger(DjlBackend.class);
  private static final String ENGINE = "PyTorch";

  private final NDManager manager;
  private final Device device;

  private DjlBackend(NDManager manager, Device device) {
    this.manager = manager;
    this.device = device;
  }

  /**
   * Starts the engine; empty, with a line in the log, where its native library cannot be loaded.
   *
   * <p>DJL reads its folders from system properties, so the first caller of a process decides.
   *
   * @param folder where the native library is unpacked
   * @param gpu whether a GPU is wanted; without one the CPU serves
   */
  public static Optional<DjlBackend> open(Path folder, boolean gpu) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the twin's folder " + folder, e);
    }
    setUnlessSet("ai.djl.offline", "true");
    setUnlessSet("DJL_CACHE_DIR", folder.toString());
    setUnlessSet("ENGINE_CACHE_DIR", folder.toString());
    setUnlessSet("OPT_OUT_TRACKING", "true");
    try {
      Engine engine = Engine.getEngine(ENGINE);
      Device device = gpu && engine.getGpuCount() > 0 ? Device.gpu() : Device.cpu();
      return Optional.of(new DjlBackend(engine.newBaseManager(device), device));
    } catch (EngineException | UnsatisfiedLinkError | IllegalStateException e) {
      LOG.warn("the twin goes on without DJL: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  @Override
  public String name() {
    return "djl-" + device.getDeviceType();
  }

  @Override
  public BatchProgram compile(Program program) {
    return new DjlProgram(program, manager.newSubManager());
  }

  @Override
  public void close() {
    manager.close();
  }
}
