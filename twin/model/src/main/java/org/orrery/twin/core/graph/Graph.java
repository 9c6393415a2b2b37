package org.orrery.twin.core.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds expressions over a batch of members. Nodes are shared when equal, constants are folded as
 * they appear, and arguments always precede their users, so the node order is an evaluation order.
 *
 * <p>Not thread-safe; one thread builds, then {@link #program} hands out immutable programs.
 */
public final class Graph {
  /** A node by its numbers; unused arguments are 0, {@code slot} numbers the leaves. */
  record Node(Op op, int first, int second, int third, int slot, double value) {}

  private final List<Node> nodes = new ArrayList<>();
  private final Map<Node, Expr> known = new HashMap<>();
  private final List<String> stateNames = new ArrayList<>();
  private final List<String> inputNames = new ArrayList<>();

  /** A literal. */
  public Expr constant(double value) {
    return intern(new Node(Op.CONSTANT, 0, 0, 0, 0, value));
  }

  /**
   * The leaf of a named quantity that every member carries for itself; its slot is the order of
   * first mention.
   */
  public Expr state(String name) {
    return leaf(Op.STATE, stateNames, name);
  }

  /** The leaf of a named quantity that is the same for all members. */
  public Expr input(String name) {
    return leaf(Op.INPUT, inputNames, name);
  }

  /** Names of the state slots, in slot order. */
  public List<String> stateNames() {
    return List.copyOf(stateNames);
  }

  /** Names of the input slots, in slot order. */
  public List<String> inputNames() {
    return List.copyOf(inputNames);
  }

  /**
   * The program that computes the given outputs, with everything that they do not need left out.
   *
   * @throws IllegalArgumentException when an output belongs to another graph
   */
  public Program program(List<Expr> outputs) {
    for (Expr output : outputs) {
      requireOwn(output);
    }
    return Program.trace(
        nodes, outputs.stream().mapToInt(Expr::id).toArray(), stateNames.size(), inputNames.size());
  }

  Expr apply(Op op, Expr... arguments) {
    int[] ids = new int[3];
    boolean constant = true;
    double[] values = new double[3];
    for (int i = 0; i < arguments.length; i++) {
      requireOwn(arguments[i]);
      ids[i] = arguments[i].id();
      Node node = nodes.get(ids[i]);
      constant &= node.op() == Op.CONSTANT;
      values[i] = node.value();
    }
    if (constant) {
      return constant(op.apply(values[0], values[1], values[2]));
    }
    Expr simpler = simplify(op, arguments);
    return simpler != null ? simpler : intern(new Node(op, ids[0], ids[1], ids[2], 0, 0.0));
  }

  /** Drops additions of zero and multiplications by one; both are exact. */
  private @Nullable Expr simplify(Op op, Expr[] arguments) {
    boolean zeroLast = arguments.length > 1 && isConstant(arguments[1], 0.0);
    boolean oneLast = arguments.length > 1 && isConstant(arguments[1], 1.0);
    return switch (op) {
      case ADD -> zeroLast ? arguments[0] : isConstant(arguments[0], 0.0) ? arguments[1] : null;
      case SUBTRACT -> zeroLast ? arguments[0] : null;
      case MULTIPLY -> oneLast ? arguments[0] : isConstant(arguments[0], 1.0) ? arguments[1] : null;
      case DIVIDE, POWER -> oneLast ? arguments[0] : null;
      case MINIMUM, MAXIMUM, LESS, EXP, LOG, SQRT, WHERE, CONSTANT, STATE, INPUT -> null;
    };
  }

  private boolean isConstant(Expr expression, double value) {
    Node node = nodes.get(expression.id());
    return node.op() == Op.CONSTANT && node.value() == value;
  }

  private Expr leaf(Op op, List<String> names, String name) {
    int slot = names.indexOf(name);
    if (slot < 0) {
      slot = names.size();
      names.add(name);
    }
    return intern(new Node(op, 0, 0, 0, slot, 0.0));
  }

  private Expr intern(Node node) {
    return known.computeIfAbsent(
        node,
        fresh -> {
          nodes.add(fresh);
          return new Expr(this, nodes.size() - 1);
        });
  }

  private void requireOwn(Expr expression) {
    if (expression.graph() != this) {
      throw new IllegalArgumentException("the expression belongs to another graph");
    }
  }
}
