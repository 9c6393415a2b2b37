package org.orrery.twin.core.graph;

/** Compiles programs for execution over a batch of members. Thread-safe. */
public interface BatchBackend extends AutoCloseable {
  /** Short name for logs, provenance and benchmarks, such as {@code array}. */
  String name();

  /** Compiles a program; the result may be used by one thread at a time. */
  BatchProgram compile(Program program);

  /** Frees what the backend holds; its programs must not be used afterwards. */
  @Override
  void close();
}
