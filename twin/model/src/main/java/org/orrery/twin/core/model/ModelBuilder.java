package org.orrery.twin.core.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.orrery.twin.core.graph.Expr;
import org.orrery.twin.core.graph.Graph;

/** Collects the equations of the subsystems. Not thread-safe; lives while a model is built. */
final class ModelBuilder {
  private final Graph graph = new Graph();
  private final Map<StateVariable, Expr> next = new EnumMap<>(StateVariable.class);
  private final List<Sensor> sensors = new ArrayList<>();
  private final List<Expr> expectations = new ArrayList<>();
  private final List<Expr> deviations = new ArrayList<>();

  ModelBuilder() {
    Arrays.stream(StateVariable.values()).forEach(this::state);
    Arrays.stream(InputVariable.values()).forEach(this::input);
  }

  Expr state(StateVariable variable) {
    return graph.state(variable.name());
  }

  Expr input(InputVariable variable) {
    return graph.input(variable.name());
  }

  Expr constant(double value) {
    return graph.constant(value);
  }

  /** Share of the way to its target that a first-order lag goes within one step. */
  Expr lag(double seconds) {
    return input(InputVariable.STEP_SECONDS).over(-seconds).exp().negate().plus(1.0);
  }

  void next(StateVariable variable, Expr value) {
    if (next.put(variable, value) != null) {
      throw new IllegalStateException(variable + " is given two equations");
    }
  }

  void sensor(Sensor sensor, Expr expectation, Expr deviation) {
    sensors.add(sensor);
    expectations.add(expectation);
    deviations.add(deviation);
  }

  List<Sensor> sensors() {
    return List.copyOf(sensors);
  }

  Graph graph() {
    return graph;
  }

  /** One expression per state; what has no equation stays as it is. */
  List<Expr> transition() {
    return Arrays.stream(StateVariable.values())
        .map(variable -> next.getOrDefault(variable, state(variable)))
        .toList();
  }

  /** The expectations of all sensors, then their standard deviations. */
  List<Expr> observation() {
    List<Expr> outputs = new ArrayList<>(expectations);
    outputs.addAll(deviations);
    return outputs;
  }
}
