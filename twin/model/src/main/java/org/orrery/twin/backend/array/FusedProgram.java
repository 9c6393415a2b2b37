package org.orrery.twin.backend.array;

import java.util.Arrays;
import org.orrery.twin.core.graph.BatchProgram;
import org.orrery.twin.core.graph.Program;

/** A program whose instructions are one generated method. */
final class FusedProgram implements BatchProgram {
  private final Program program;
  private final FusedKernel kernel;
  private final double[] uniform;

  FusedProgram(Program program, FusedKernel kernel) {
    this.program = program;
    this.kernel = kernel;
    this.uniform = new double[program.firstResult() + program.instructions().size()];
  }

  @Override
  public void evaluate(double[][] states, double[] inputs, int members, double[][] outputs) {
    program.evaluateUniform(inputs, uniform);
    kernel.run(states, uniform, 0, members, outputs);
    fillUniform(outputs, 0, members);
  }

  @Override
  public void iterate(double[][] states, double[] inputs, int members, int times) {
    program.evaluateUniform(inputs, uniform);
    for (int from = 0; from < members; from += BlockBackend.BLOCK_MEMBERS) {
      int to = Math.min(members, from + BlockBackend.BLOCK_MEMBERS);
      for (int time = 0; time < times; time++) {
        kernel.run(states, uniform, from, to, states);
        fillUniform(states, from, to);
      }
    }
  }

  private void fillUniform(double[][] outputs, int from, int to) {
    for (int o = 0; o < program.outputCount(); o++) {
      if (program.isUniform(program.output(o))) {
        Arrays.fill(outputs[o], from, to, uniform[program.output(o)]);
      }
    }
  }
}
