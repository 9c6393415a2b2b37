package org.orrery.twin.backend.array;

import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.orrery.twin.core.graph.BatchBackend;
import org.orrery.twin.core.graph.BatchProgram;
import org.orrery.twin.core.graph.Program;

/**
 * Compiles programs to one method each, in which every member runs through all instructions on
 * local variables. Programs that are too long for the JIT compiler are interpreted by blocks
 * instead. Thread-safe; its programs are not.
 */
public final class FusedBackend implements BatchBackend {
  /** HotSpot does not compile longer methods (HugeMethodLimit), which would be far slower. */
  static final int LONGEST_METHOD_BYTES = 7_900;

  private final Map<Program, Optional<FusedKernel>> kernels = new ConcurrentHashMap<>();

  @Override
  public String name() {
    return "fused";
  }

  @Override
  public BatchProgram compile(Program program) {
    // Users of one program share its class, so that the JIT compiler has to learn it only once.
    return kernels
        .computeIfAbsent(program, FusedBackend::kernel)
        .<BatchProgram>map(kernel -> new FusedProgram(program, kernel))
        .orElseGet(() -> new BlockProgram(program));
  }

  private static Optional<FusedKernel> kernel(Program program) {
    return FusedCompiler.compile(program, LONGEST_METHOD_BYTES).map(FusedBackend::load);
  }

  private static FusedKernel load(byte[] bytes) {
    try {
      Class<?> hidden = MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass();
      return (FusedKernel) hidden.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a generated class must load", e);
    }
  }

  @Override
  public void close() {
    kernels.clear();
  }
}
