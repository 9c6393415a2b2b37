package org.orrery.twin.backend.array;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.orrery.twin.core.graph.BatchProgram;
import org.orrery.twin.core.graph.Program;
import org.orrery.twin.core.graph.Program.Instruction;

/** A program with its registers assigned, run block by block. */
final class BlockProgram implements BatchProgram {
  private final Program program;
  private final Kernel[] kernels;
  private final double[] uniform;
  private final double[][] registers;

  /** Register of each non-uniform result, by operand; -1 for the others. */
  private final int[] registerOf;

  BlockProgram(Program program) {
    this.program = program;
    List<Instruction> instructions = program.instructions();
    int operands = program.firstResult() + instructions.size();
    this.uniform = new double[operands];
    this.registerOf = assignRegisters(program);
    int registerCount = Arrays.stream(registerOf).max().orElse(-1) + 1;
    this.registers = new double[registerCount][BlockBackend.BLOCK_MEMBERS];
    this.kernels =
        java.util.stream.IntStream.range(0, instructions.size())
            .filter(i -> !instructions.get(i).uniform())
            .mapToObj(i -> new Kernel(instructions.get(i), program.firstResult() + i))
            .toArray(Kernel[]::new);
  }

  /** Reuses a register once its value has been read for the last time; outputs keep theirs. */
  private static int[] assignRegisters(Program program) {
    List<Instruction> instructions = program.instructions();
    int base = program.firstResult();
    int[] lastUse = new int[base + instructions.size()];
    for (int i = 0; i < instructions.size(); i++) {
      Instruction instruction = instructions.get(i);
      for (int operand :
          new int[] {instruction.first(), instruction.second(), instruction.third()}) {
        if (operand >= 0) {
          lastUse[operand] = i;
        }
      }
    }
    for (int o = 0; o < program.outputCount(); o++) {
      lastUse[program.output(o)] = Integer.MAX_VALUE;
    }
    int[] registerOf = new int[base + instructions.size()];
    Arrays.fill(registerOf, -1);
    Deque<Integer> free = new ArrayDeque<>();
    int count = 0;
    for (int i = 0; i < instructions.size(); i++) {
      Instruction instruction = instructions.get(i);
      if (instruction.uniform()) {
        continue;
      }
      registerOf[base + i] = free.isEmpty() ? count++ : free.pop();
      int[] arguments = {instruction.first(), instruction.second(), instruction.third()};
      for (int a = 0; a < arguments.length; a++) {
        int operand = arguments[a];
        boolean repeated = (a > 0 && operand == arguments[0]) || (a > 1 && operand == arguments[1]);
        if (operand >= base && lastUse[operand] == i && registerOf[operand] >= 0 && !repeated) {
          free.push(registerOf[operand]);
        }
      }
    }
    return registerOf;
  }

  @Override
  public void evaluate(double[][] states, double[] inputs, int members, double[][] outputs) {
    program.evaluateUniform(inputs, uniform);
    for (int from = 0; from < members; from += BlockBackend.BLOCK_MEMBERS) {
      int count = Math.min(BlockBackend.BLOCK_MEMBERS, members - from);
      run(states, from, count);
      collect(states, from, count, outputs);
    }
  }

  @Override
  public void iterate(double[][] states, double[] inputs, int members, int times) {
    program.evaluateUniform(inputs, uniform);
    double[][] next = new double[program.outputCount()][BlockBackend.BLOCK_MEMBERS];
    for (int from = 0; from < members; from += BlockBackend.BLOCK_MEMBERS) {
      int count = Math.min(BlockBackend.BLOCK_MEMBERS, members - from);
      for (int time = 0; time < times; time++) {
        run(states, from, count);
        advance(states, from, count, next);
      }
    }
  }

  private void run(double[][] states, int from, int count) {
    for (Kernel kernel : kernels) {
      kernel.run(states, from, count);
    }
  }

  private void collect(double[][] states, int from, int count, double[][] outputs) {
    for (int o = 0; o < program.outputCount(); o++) {
      copy(program.output(o), states, from, count, outputs[o], from);
    }
  }

  /** An output may be another state's leaf, so all are copied out before any is overwritten. */
  private void advance(double[][] states, int from, int count, double[][] next) {
    for (int o = 0; o < program.outputCount(); o++) {
      if (program.output(o) != o) {
        copy(program.output(o), states, from, count, next[o], 0);
      }
    }
    for (int o = 0; o < program.outputCount(); o++) {
      if (program.output(o) != o) {
        System.arraycopy(next[o], 0, states[o], from, count);
      }
    }
  }

  private void copy(
      int operand, double[][] states, int from, int count, double[] target, int targetFrom) {
    if (program.isUniform(operand)) {
      Arrays.fill(target, targetFrom, targetFrom + count, uniform[operand]);
    } else if (operand < program.stateCount()) {
      System.arraycopy(states[operand], from, target, targetFrom, count);
    } else {
      System.arraycopy(registers[registerOf[operand]], 0, target, targetFrom, count);
    }
  }

  /** One instruction bound to its registers. */
  private final class Kernel {
    private final Instruction instruction;
    private final int result;
    private final boolean uniformFirst;
    private final boolean uniformSecond;
    private final boolean uniformThird;

    Kernel(Instruction instruction, int result) {
      this.instruction = instruction;
      this.result = registerOf[result];
      this.uniformFirst = program.isUniform(instruction.first());
      this.uniformSecond = instruction.second() >= 0 && program.isUniform(instruction.second());
      this.uniformThird = instruction.third() >= 0 && program.isUniform(instruction.third());
    }

    void run(double[][] states, int from, int count) {
      double[] r = registers[result];
      int first = instruction.first();
      int second = instruction.second();
      switch (instruction.op()) {
        case EXP, LOG, SQRT ->
            Loops.unary(instruction.op(), row(states, first), at(first, from), r, count);
        case WHERE -> where(states, from, r, count);
        case ADD, SUBTRACT, MULTIPLY, DIVIDE, POWER, MINIMUM, MAXIMUM, LESS -> {
          if (uniformFirst) {
            Loops.scalarFirst(
                instruction.op(), uniform[first], row(states, second), at(second, from), r, count);
          } else if (uniformSecond) {
            Loops.scalarSecond(
                instruction.op(), row(states, first), at(first, from), uniform[second], r, count);
          } else {
            Loops.binary(
                instruction.op(),
                row(states, first),
                at(first, from),
                row(states, second),
                at(second, from),
                r,
                count);
          }
        }
        case CONSTANT, STATE, INPUT -> throw new IllegalStateException("a leaf is no instruction");
      }
    }

    private void where(double[][] states, int from, double[] r, int count) {
      int condition = instruction.first();
      int yes = instruction.second();
      int no = instruction.third();
      for (int i = 0; i < count; i++) {
        boolean holds =
            (uniformFirst ? uniform[condition] : row(states, condition)[at(condition, from) + i])
                != 0.0;
        int chosen = holds ? yes : no;
        r[i] =
            (holds ? uniformSecond : uniformThird)
                ? uniform[chosen]
                : row(states, chosen)[at(chosen, from) + i];
      }
    }

    private double[] row(double[][] states, int operand) {
      return operand < program.stateCount() ? states[operand] : registers[registerOf[operand]];
    }

    private int at(int operand, int from) {
      return operand < program.stateCount() ? from : 0;
    }
  }
}
