package org.orrery.twin.core.model;

import org.orrery.twin.core.graph.BatchBackend;
import org.orrery.twin.core.graph.BatchProgram;

/** The model compiled for a backend. One thread at a time; several runners may share a backend. */
public final class ModelRunner implements AutoCloseable {
  private final LarModel model;
  private final BatchProgram transition;
  private final BatchProgram observation;

  /** Compiles both programs of the model. */
  public ModelRunner(LarModel model, BatchBackend backend) {
    this.model = model;
    this.transition = backend.compile(model.transition());
    this.observation = backend.compile(model.observation());
  }

  /** The model. */
  public LarModel model() {
    return model;
  }

  /** Moves the states a number of steps on, in place, under constant inputs. */
  public void advance(double[][] states, double[] inputs, int members, int steps) {
    transition.iterate(states, inputs, members, steps);
  }

  /**
   * What the sensors should read.
   *
   * @param outputs receives, per sensor, the expectation of each member, then the standard
   *     deviations; see {@link #outputs}
   */
  public void observe(double[][] states, double[] inputs, int members, double[][] outputs) {
    observation.evaluate(states, inputs, members, outputs);
  }

  /** Space for {@link #observe}. */
  public double[][] outputs(int members) {
    return new double[model.observation().outputCount()][members];
  }

  @Override
  public void close() {
    transition.close();
    observation.close();
  }
}
