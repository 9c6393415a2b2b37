package org.orrery.twin.backend.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.orrery.twin.core.graph.BatchProgram;
import org.orrery.twin.core.graph.Op;
import org.orrery.twin.core.graph.Program;
import org.orrery.twin.core.graph.Program.Instruction;

/** A program replayed as NDArray operations; what is uniform is computed as plain numbers. */
final class DjlProgram implements BatchProgram {
  private final Program program;
  private final NDManager manager;
  private final double[] uniform;

  DjlProgram(Program program, NDManager manager) {
    this.program = program;
    this.manager = manager;
    this.uniform = new double[program.firstResult() + program.instructions().size()];
  }

  @Override
  public void evaluate(double[][] states, double[] inputs, int members, double[][] outputs) {
    program.evaluateUniform(inputs, uniform);
    try (NDManager scope = manager.newSubManager()) {
      @Nullable NDArray[] values = load(scope, states, members);
      run(values);
      for (int o = 0; o < outputs.length; o++) {
        store(values, program.output(o), members, outputs[o]);
      }
    }
  }

  @Override
  public void iterate(double[][] states, double[] inputs, int members, int times) {
    program.evaluateUniform(inputs, uniform);
    int count = program.stateCount();
    try (NDManager outer = manager.newSubManager()) {
      @Nullable NDArray[] values = load(outer, states, members);
      for (int time = 0; time < times; time++) {
        // Each step's arrays live until the next step has been computed from them.
        NDManager scope = outer.newSubManager();
        for (int s = 0; s < count; s++) {
          present(values, s).attach(scope);
        }
        run(values);
        NDArray[] next = new NDArray[count];
        for (int s = 0; s < count; s++) {
          NDArray value = values[program.output(s)];
          // A copy, because two states may become the same array, which only one could keep.
          next[s] =
              value == null
                  ? scope
                      .ones(new Shape(members), DataType.FLOAT64)
                      .muli(uniform[program.output(s)])
                  : value.duplicate();
          next[s].attach(outer);
        }
        scope.close();
        Arrays.fill(values, null);
        System.arraycopy(next, 0, values, 0, count);
      }
      for (int s = 0; s < count; s++) {
        store(values, s, members, states[s]);
      }
    }
  }

  private @Nullable NDArray[] load(NDManager scope, double[][] states, int members) {
    @Nullable NDArray[] values = new NDArray[uniform.length];
    for (int s = 0; s < program.stateCount(); s++) {
      double[] row = states[s].length == members ? states[s] : Arrays.copyOf(states[s], members);
      values[s] = scope.create(row);
    }
    return values;
  }

  private void run(@Nullable NDArray[] values) {
    List<Instruction> instructions = program.instructions();
    int base = program.firstResult();
    for (int i = 0; i < instructions.size(); i++) {
      Instruction instruction = instructions.get(i);
      if (!instruction.uniform()) {
        values[base + i] = apply(instruction, values);
      }
    }
  }

  private NDArray apply(Instruction instruction, @Nullable NDArray[] values) {
    Op op = instruction.op();
    int first = instruction.first();
    int second = instruction.second();
    NDArray a = values[first];
    NDArray b = second < 0 ? null : values[second];
    return switch (op) {
      case EXP -> present(values, first).exp();
      case LOG -> present(values, first).log();
      case SQRT -> present(values, first).sqrt();
      case ADD ->
          a == null
              ? present(values, second).add(uniform[first])
              : b == null ? a.add(uniform[second]) : a.add(b);
      case SUBTRACT ->
          a == null
              ? present(values, second).neg().addi(uniform[first])
              : b == null ? a.sub(uniform[second]) : a.sub(b);
      case MULTIPLY ->
          a == null
              ? present(values, second).mul(uniform[first])
              : b == null ? a.mul(uniform[second]) : a.mul(b);
      case DIVIDE ->
          b == null ? present(values, first).div(uniform[second]) : shaped(a, first, b).div(b);
      case POWER ->
          b == null ? present(values, first).pow(uniform[second]) : shaped(a, first, b).pow(b);
      case MINIMUM ->
          a == null
              ? present(values, second).minimum(uniform[first])
              : b == null ? a.minimum(uniform[second]) : a.minimum(b);
      case MAXIMUM ->
          a == null
              ? present(values, second).maximum(uniform[first])
              : b == null ? a.maximum(uniform[second]) : a.maximum(b);
      case LESS ->
          (a == null
                  ? present(values, second).gt(uniform[first])
                  : b == null ? a.lt(uniform[second]) : a.lt(b))
              .toType(DataType.FLOAT64, false);
      case WHERE -> where(instruction, values);
      case CONSTANT, STATE, INPUT -> throw new IllegalStateException("a leaf is no instruction");
    };
  }

  private NDArray where(Instruction instruction, @Nullable NDArray[] values) {
    NDArray condition = values[instruction.first()];
    NDArray yes = values[instruction.second()];
    NDArray no = values[instruction.third()];
    if (condition == null) {
      boolean holds = uniform[instruction.first()] != 0.0;
      NDArray chosen = holds ? yes : no;
      NDArray like = yes != null ? yes : present(values, instruction.third());
      int operand = holds ? instruction.second() : instruction.third();
      return chosen != null ? chosen.duplicate() : like.onesLike().muli(uniform[operand]);
    }
    NDArray ifTrue = shaped(yes, instruction.second(), condition);
    NDArray ifFalse = shaped(no, instruction.third(), condition);
    return NDArrays.where(condition.neq(0), ifTrue, ifFalse);
  }

  /** The operand as an array shaped like another. */
  private NDArray shaped(@Nullable NDArray value, int operand, NDArray like) {
    return value != null ? value : like.onesLike().muli(uniform[operand]);
  }

  private static NDArray present(@Nullable NDArray[] values, int operand) {
    NDArray value = values[operand];
    if (value == null) {
      throw new IllegalStateException("operand " + operand + " has not been computed");
    }
    return value;
  }

  private void store(@Nullable NDArray[] values, int operand, int members, double[] target) {
    NDArray value = values[operand];
    if (value == null) {
      Arrays.fill(target, 0, members, uniform[operand]);
    } else {
      System.arraycopy(value.toDoubleArray(), 0, target, 0, members);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
