package org.orrery.twin.core.graph;

/**
 * One node of a {@link Graph}: a handle with the arithmetic that builds further nodes. Immutable;
 * equal expressions of one graph are the same object.
 */
public final class Expr {
  private final Graph graph;
  private final int id;

  Expr(Graph graph, int id) {
    this.graph = graph;
    this.id = id;
  }

  int id() {
    return id;
  }

  Graph graph() {
    return graph;
  }

  /** This plus the other. */
  public Expr plus(Expr other) {
    return graph.apply(Op.ADD, this, other);
  }

  /** This plus a number. */
  public Expr plus(double other) {
    return plus(graph.constant(other));
  }

  /** This minus the other. */
  public Expr minus(Expr other) {
    return graph.apply(Op.SUBTRACT, this, other);
  }

  /** This minus a number. */
  public Expr minus(double other) {
    return minus(graph.constant(other));
  }

  /** This times the other. */
  public Expr times(Expr other) {
    return graph.apply(Op.MULTIPLY, this, other);
  }

  /** This times a number. */
  public Expr times(double other) {
    return times(graph.constant(other));
  }

  /** This divided by the other. */
  public Expr over(Expr other) {
    return graph.apply(Op.DIVIDE, this, other);
  }

  /** This divided by a number. */
  public Expr over(double other) {
    return over(graph.constant(other));
  }

  /** This raised to a constant power; this must not be negative unless the power is 2. */
  public Expr pow(double exponent) {
    return exponent == 2.0 ? times(this) : graph.apply(Op.POWER, this, graph.constant(exponent));
  }

  /** e to this. */
  public Expr exp() {
    return graph.apply(Op.EXP, this);
  }

  /** Natural logarithm of this. */
  public Expr log() {
    return graph.apply(Op.LOG, this);
  }

  /** Square root of this. */
  public Expr sqrt() {
    return graph.apply(Op.SQRT, this);
  }

  /** The negative of this. */
  public Expr negate() {
    return graph.constant(0.0).minus(this);
  }

  /** The smaller of this and the other. */
  public Expr min(Expr other) {
    return graph.apply(Op.MINIMUM, this, other);
  }

  /** The smaller of this and a number. */
  public Expr min(double other) {
    return min(graph.constant(other));
  }

  /** The larger of this and the other. */
  public Expr max(Expr other) {
    return graph.apply(Op.MAXIMUM, this, other);
  }

  /** The larger of this and a number. */
  public Expr max(double other) {
    return max(graph.constant(other));
  }

  /** Absolute value of this. */
  public Expr abs() {
    return max(negate());
  }

  /** 1 where this is less than the other, else 0. */
  public Expr less(Expr other) {
    return graph.apply(Op.LESS, this, other);
  }

  /** 1 where this is less than a number, else 0. */
  public Expr less(double other) {
    return less(graph.constant(other));
  }

  /** 1 where this is greater than a number, else 0. */
  public Expr greater(double other) {
    return graph.constant(other).less(this);
  }

  /** The first where this is not zero, else the second. */
  public Expr then(Expr ifTrue, Expr ifFalse) {
    return graph.apply(Op.WHERE, this, ifTrue, ifFalse);
  }
}
