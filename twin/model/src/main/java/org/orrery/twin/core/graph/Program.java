package org.orrery.twin.core.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.orrery.twin.core.graph.Graph.Node;

/**
 * A traced graph: a straight line of instructions over a batch of members. Immutable.
 *
 * <p>An operand is an index into one number space: the instructions in order come last, before them
 * the constants, the inputs, and first the states. What depends on constants and inputs only is
 * <em>uniform</em>: it is the same for all members and a backend evaluates it once.
 */
public final class Program {
  /**
   * One instruction.
   *
   * @param op what to apply
   * @param first first operand
   * @param second second operand, or -1
   * @param third third operand, or -1
   * @param uniform whether the result is the same for all members
   */
  public record Instruction(Op op, int first, int second, int third, boolean uniform) {}

  private final int stateCount;
  private final int inputCount;
  private final double[] constants;
  private final List<Instruction> instructions;
  private final int[] outputs;

  private Program(
      int stateCount,
      int inputCount,
      double[] constants,
      List<Instruction> instructions,
      int[] outputs) {
    this.stateCount = stateCount;
    this.inputCount = inputCount;
    this.constants = constants;
    this.instructions = List.copyOf(instructions);
    this.outputs = outputs;
  }

  static Program trace(List<Node> nodes, int[] outputNodes, int stateCount, int inputCount) {
    boolean[] live = new boolean[nodes.size()];
    for (int output : outputNodes) {
      live[output] = true;
    }
    for (int id = nodes.size() - 1; id >= 0; id--) {
      if (live[id]) {
        Node node = nodes.get(id);
        int[] arguments = {node.first(), node.second(), node.third()};
        for (int i = 0; i < node.op().arity(); i++) {
          live[arguments[i]] = true;
        }
      }
    }
    int[] operand = new int[nodes.size()];
    boolean[] uniform = new boolean[nodes.size()];
    List<Double> constants = new ArrayList<>();
    for (int id = 0; id < nodes.size(); id++) {
      Node node = nodes.get(id);
      uniform[id] = node.op() != Op.STATE;
      if (!live[id]) {
        continue;
      }
      if (node.op() == Op.STATE) {
        operand[id] = node.slot();
      } else if (node.op() == Op.INPUT) {
        operand[id] = stateCount + node.slot();
      } else if (node.op() == Op.CONSTANT) {
        operand[id] = stateCount + inputCount + constants.size();
        constants.add(node.value());
      }
    }
    int base = stateCount + inputCount + constants.size();
    List<Instruction> instructions = new ArrayList<>();
    for (int id = 0; id < nodes.size(); id++) {
      Node node = nodes.get(id);
      int arity = node.op().arity();
      if (!live[id] || arity == 0) {
        continue;
      }
      boolean same = uniform[node.first()];
      same &= arity < 2 || uniform[node.second()];
      same &= arity < 3 || uniform[node.third()];
      uniform[id] = same;
      operand[id] = base + instructions.size();
      instructions.add(
          new Instruction(
              node.op(),
              operand[node.first()],
              arity > 1 ? operand[node.second()] : -1,
              arity > 2 ? operand[node.third()] : -1,
              same));
    }
    int[] outputs = Arrays.stream(outputNodes).map(id -> operand[id]).toArray();
    double[] values = constants.stream().mapToDouble(Double::doubleValue).toArray();
    return new Program(stateCount, inputCount, values, instructions, outputs);
  }

  /** Number of state slots. */
  public int stateCount() {
    return stateCount;
  }

  /** Number of input slots. */
  public int inputCount() {
    return inputCount;
  }

  /** Number of constants. */
  public int constantCount() {
    return constants.length;
  }

  /** Number of outputs. */
  public int outputCount() {
    return outputs.length;
  }

  /** Value of a constant. */
  public double constant(int index) {
    return constants[index];
  }

  /** Operand of an output. */
  public int output(int index) {
    return outputs[index];
  }

  /** The instructions, each after those it needs. */
  public List<Instruction> instructions() {
    return instructions;
  }

  /** First operand that is an instruction's result. */
  public int firstResult() {
    return stateCount + inputCount + constants.length;
  }

  /** Whether an operand is the same for all members. */
  public boolean isUniform(int operand) {
    int index = operand - firstResult();
    return index >= 0 ? instructions.get(index).uniform() : operand >= stateCount;
  }

  /**
   * Evaluates everything that is uniform.
   *
   * @param inputs one value per input slot
   * @param into receives, by operand, the value of each uniform operand; others stay as they are
   */
  public void evaluateUniform(double[] inputs, double[] into) {
    System.arraycopy(inputs, 0, into, stateCount, inputCount);
    System.arraycopy(constants, 0, into, stateCount + inputCount, constants.length);
    int base = firstResult();
    for (int i = 0; i < instructions.size(); i++) {
      Instruction instruction = instructions.get(i);
      if (instruction.uniform()) {
        into[base + i] = applyTo(instruction, into);
      }
    }
  }

  /** Reference evaluation of one member: slow, and what the backends are compared with. */
  public double[] evaluate(double[] states, double[] inputs) {
    double[] values = new double[firstResult() + instructions.size()];
    System.arraycopy(states, 0, values, 0, stateCount);
    System.arraycopy(inputs, 0, values, stateCount, inputCount);
    System.arraycopy(constants, 0, values, stateCount + inputCount, constants.length);
    int base = firstResult();
    for (int i = 0; i < instructions.size(); i++) {
      values[base + i] = applyTo(instructions.get(i), values);
    }
    return Arrays.stream(outputs).mapToDouble(operand -> values[operand]).toArray();
  }

  /**
   * For each output, the state slots that it depends on.
   *
   * @return {@code [output][state]}
   */
  public boolean[][] dependencies() {
    int base = firstResult();
    boolean[][] reach = new boolean[base + instructions.size()][stateCount];
    for (int state = 0; state < stateCount; state++) {
      reach[state][state] = true;
    }
    for (int i = 0; i < instructions.size(); i++) {
      Instruction instruction = instructions.get(i);
      int[] arguments = {instruction.first(), instruction.second(), instruction.third()};
      for (int a = 0; a < instruction.op().arity(); a++) {
        for (int state = 0; state < stateCount; state++) {
          reach[base + i][state] |= reach[arguments[a]][state];
        }
      }
    }
    return Arrays.stream(outputs).mapToObj(operand -> reach[operand]).toArray(boolean[][]::new);
  }

  private static double applyTo(Instruction instruction, double[] values) {
    double second = instruction.second() < 0 ? 0.0 : values[instruction.second()];
    double third = instruction.third() < 0 ? 0.0 : values[instruction.third()];
    return instruction.op().apply(values[instruction.first()], second, third);
  }
}
