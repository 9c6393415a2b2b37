package org.orrery.twin.backend.array;

import org.orrery.twin.core.graph.Op;

/**
 * The inner loops, one per operation and shape of its arguments, so that the JIT vectorises each.
 */
final class Loops {
  private Loops() {}

  static void unary(Op op, double[] a, int ao, double[] r, int n) {
    switch (op) {
      case EXP -> {
        for (int i = 0; i < n; i++) {
          r[i] = Math.exp(a[ao + i]);
        }
      }
      case LOG -> {
        for (int i = 0; i < n; i++) {
          r[i] = Math.log(a[ao + i]);
        }
      }
      case SQRT -> {
        for (int i = 0; i < n; i++) {
          r[i] = Math.sqrt(a[ao + i]);
        }
      }
      case ADD,
          SUBTRACT,
          MULTIPLY,
          DIVIDE,
          POWER,
          MINIMUM,
          MAXIMUM,
          LESS,
          WHERE,
          CONSTANT,
          STATE,
          INPUT ->
          throw new IllegalStateException(op + " is not unary");
    }
  }

  static void binary(Op op, double[] a, int ao, double[] b, int bo, double[] r, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[ao + i] + b[bo + i];
        }
      }
      case SUBTRACT -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[ao + i] - b[bo + i];
        }
      }
      case MULTIPLY -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[ao + i] * b[bo + i];
        }
      }
      case DIVIDE -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[ao + i] / b[bo + i];
        }
      }
      case POWER -> {
        for (int i = 0; i < n; i++) {
          r[i] = Math.pow(a[ao + i], b[bo + i]);
        }
      }
      case MINIMUM -> {
        for (int i = 0; i < n; i++) {
          r[i] = Math.min(a[ao + i], b[bo + i]);
        }
      }
      case MAXIMUM -> {
        for (int i = 0; i < n; i++) {
          r[i] = Math.max(a[ao + i], b[bo + i]);
        }
      }
      case LESS -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[ao + i] < b[bo + i] ? 1.0 : 0.0;
        }
      }
      case EXP, LOG, SQRT, WHERE, CONSTANT, STATE, INPUT ->
          throw new IllegalStateException(op + " is not binary");
    }
  }

  static void scalarFirst(Op op, double a, double[] b, int bo, double[] r, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          r[i] = a + b[bo + i];
        }
      }
      case SUBTRACT -> {
        for (int i = 0; i < n; i++) {
          r[i] = a - b[bo + i];
        }
      }
      case MULTIPLY -> {
        for (int i = 0; i < n; i++) {
          r[i] = a * b[bo + i];
        }
      }
      case DIVIDE -> {
        for (int i = 0; i < n; i++) {
          r[i] = a / b[bo + i];
        }
      }
      case POWER -> {
        for (int i = 0; i < n; i++) {
          r[i] = Math.pow(a, b[bo + i]);
        }
      }
      case MINIMUM -> {
        for (int i = 0; i < n; i++) {
          r[i] = Math.min(a, b[bo + i]);
        }
      }
      case MAXIMUM -> {
        for (int i = 0; i < n; i++) {
          r[i] = Math.max(a, b[bo + i]);
        }
      }
      case LESS -> {
        for (int i = 0; i < n; i++) {
          r[i] = a < b[bo + i] ? 1.0 : 0.0;
        }
      }
      case EXP, LOG, SQRT, WHERE, CONSTANT, STATE, INPUT ->
          throw new IllegalStateException(op + " is not binary");
    }
  }

  static void scalarSecond(Op op, double[] a, int ao, double b, double[] r, int n) {
    switch (op) {
      case ADD -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[ao + i] + b;
        }
      }
      case SUBTRACT -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[ao + i] - b;
        }
      }
      case MULTIPLY -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[ao + i] * b;
        }
      }
      case DIVIDE -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[ao + i] / b;
        }
      }
      case POWER -> {
        for (int i = 0; i < n; i++) {
          r[i] = Math.pow(a[ao + i], b);
        }
      }
      case MINIMUM -> {
        for (int i = 0; i < n; i++) {
          r[i] = Math.min(a[ao + i], b);
        }
      }
      case MAXIMUM -> {
        for (int i = 0; i < n; i++) {
          r[i] = Math.max(a[ao + i], b);
        }
      }
      case LESS -> {
        for (int i = 0; i < n; i++) {
          r[i] = a[ao + i] < b ? 1.0 : 0.0;
        }
      }
      case EXP, LOG, SQRT, WHERE, CONSTANT, STATE, INPUT ->
          throw new IllegalStateException(op + " is not binary");
    }
  }
}
