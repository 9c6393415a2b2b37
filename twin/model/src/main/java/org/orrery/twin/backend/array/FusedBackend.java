package org.orrery.twin.backend.array;

import java.lang.invoke.MethodHandles;
import java.util.Optional;
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

  @Override
  public String name() {
    return "fused";
  }

  @Override
  public BatchProgram compile(Program program) {
    Optional<byte[]> bytes = FusedCompiler.compile(program, LONGEST_METHOD_BYTES);
    if (bytes.isEmpty()) {
      return new BlockProgram(program);
    }
    try {
      Class<?> hidden = MethodHandles.lookup().defineHiddenClass(bytes.get(), true).lookupClass();
      FusedKernel kernel = (FusedKernel) hidden.getDeclaredConstructor().newInstance();
      return new FusedProgram(program, kernel);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a generated class must load", e);
    }
  }

  @Override
  public void close() {}
}
