package org.orrery.twin.backend.array;

import org.orrery.twin.core.graph.BatchBackend;
import org.orrery.twin.core.graph.BatchProgram;
import org.orrery.twin.core.graph.Program;

/**
 * Interprets programs instruction by instruction over blocks of members whose live registers stay
 * in the processor's cache. Thread-safe; its programs are not.
 */
public final class BlockBackend implements BatchBackend {
  /** Members per block: 256 doubles are 2 KiB a register, about forty of which fit an L2 cache. */
  public static final int BLOCK_MEMBERS = 256;

  @Override
  public String name() {
    return "array";
  }

  @Override
  public BatchProgram compile(Program program) {
    return new BlockProgram(program);
  }

  @Override
  public void close() {}
}
