package org.orrery.twin.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.orrery.twin.core.graph.Expr;
import org.orrery.twin.core.graph.Graph;

/** Published anchors of the argon formulas. */
class ArgonTest {
  private final Graph graph = new Graph();

  private double value(Expr expression) {
    return graph.program(List.of(expression)).evaluate(new double[0], new double[0])[0];
  }

  @Test
  void shouldGiveTheSaturationLine() {
    assertThat(value(Argon.saturationMillibars(graph.constant(87.303))))
        .isCloseTo(1013.34, within(0.2));
    assertThat(value(Argon.saturationMillibars(graph.constant(88.4))))
        .isCloseTo(1136.06, within(0.3));
  }

  @Test
  void shouldGiveTheMeasuredDriftVelocities() {
    assertThat(
            value(
                Argon.driftMillimetresPerMicrosecond(graph.constant(0.4867), graph.constant(87.7))))
        .isCloseTo(1.560, within(0.005));
    assertThat(
            value(
                Argon.driftMillimetresPerMicrosecond(graph.constant(0.273), graph.constant(89.0))))
        .isCloseTo(1.101, within(0.005));
  }

  @Test
  void shouldGiveTheLifetimeOfAKnownImpurity() {
    assertThat(value(Argon.lifetimeTimesImpurity(graph.constant(0.5))))
        .isCloseTo(0.299, within(0.001));
    assertThat(value(Argon.lifetimeTimesImpurity(graph.constant(1.0))))
        .isCloseTo(0.429, within(0.001));
  }

  @Test
  void shouldLoseChargeToRecombinationWhenTheFieldFalls() {
    Expr kelvin = graph.constant(88.4);
    assertThat(value(Argon.recombinationSurvival(graph.constant(0.5), kelvin)))
        .isCloseTo(0.7047, within(0.003));
    assertThat(value(Argon.recombinationSurvival(graph.constant(0.273), kelvin)))
        .isCloseTo(0.6335, within(0.003));
  }
}
