package org.orrery.twin.core.graph;

/** The operations of the expression graph. Comparisons yield 1 for true and 0 for false. */
public enum Op {
  /** A literal number. */
  CONSTANT(0),
  /** A quantity that differs between members and is carried from step to step. */
  STATE(0),
  /** A quantity that is the same for all members: a set point, a switch, the barometer. */
  INPUT(0),
  ADD(2),
  SUBTRACT(2),
  MULTIPLY(2),
  DIVIDE(2),
  /** First argument raised to the second; the first must not be negative. */
  POWER(2),
  MINIMUM(2),
  MAXIMUM(2),
  /** 1 where the first argument is less than the second, else 0. */
  LESS(2),
  EXP(1),
  /** Natural logarithm. */
  LOG(1),
  SQRT(1),
  /** Second argument where the first is not zero, else the third; both are evaluated. */
  WHERE(3);

  private final int arity;

  Op(int arity) {
    this.arity = arity;
  }

  /** Number of arguments. */
  public int arity() {
    return arity;
  }

  /**
   * Applies this operation to numbers; the one definition that folding, uniform evaluation and the
   * reference interpreter share.
   *
   * @throws IllegalStateException for the leaves, which have no arguments to apply to
   */
  public double apply(double a, double b, double c) {
    return switch (this) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case POWER -> Math.pow(a, b);
      case MINIMUM -> Math.min(a, b);
      case MAXIMUM -> Math.max(a, b);
      case LESS -> a < b ? 1.0 : 0.0;
      case EXP -> Math.exp(a);
      case LOG -> Math.log(a);
      case SQRT -> Math.sqrt(a);
      case WHERE -> a != 0.0 ? b : c;
      case CONSTANT, STATE, INPUT -> throw new IllegalStateException(this + " is a leaf");
    };
  }
}
