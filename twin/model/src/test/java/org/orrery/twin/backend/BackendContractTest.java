package org.orrery.twin.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.orrery.twin.backend.array.BlockBackend;
import org.orrery.twin.backend.array.FusedBackend;
import org.orrery.twin.backend.djl.DjlBackend;
import org.orrery.twin.core.graph.BatchBackend;
import org.orrery.twin.core.graph.BatchProgram;
import org.orrery.twin.core.graph.Program;
import org.orrery.twin.core.model.InputVariable;
import org.orrery.twin.core.model.LarModel;
import org.orrery.twin.core.model.StateVariable;

/** Every backend must give the numbers of the reference interpreter. */
class BackendContractTest {
  private static final double RELATIVE = 1e-5;
  private static final int MEMBERS = 700;
  private static final LarModel MODEL = LarModel.reference();
  private static final List<BatchBackend> BACKENDS = backends();

  private static List<BatchBackend> backends() {
    return Stream.concat(
            Stream.of(new BlockBackend(), new FusedBackend()),
            DjlBackend.open(Path.of("target", "djl").toAbsolutePath(), false).stream())
        .toList();
  }

  static Stream<BatchBackend> each() {
    return BACKENDS.stream();
  }

  @AfterAll
  static void close() {
    BACKENDS.forEach(BatchBackend::close);
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("each")
  void shouldEvaluateEveryOutputAsTheReferenceDoes(BatchBackend backend) {
    for (int round = 0; round < 8; round++) {
      // Given
      SplittableRandom random = new SplittableRandom(round);
      double[][] states = states(random);
      double[] inputs = inputs(random);
      Program program = MODEL.observation();

      // When
      double[][] outputs = new double[program.outputCount()][MEMBERS];
      backend.compile(program).evaluate(states, inputs, MEMBERS, outputs);

      // Then
      compare(program, states, inputs, outputs);
    }
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("each")
  void shouldStepAsTheReferenceDoes(BatchBackend backend) {
    for (int round = 0; round < 8; round++) {
      // Given
      SplittableRandom random = new SplittableRandom(100 + round);
      double[][] states = states(random);
      double[] inputs = inputs(random);
      double[][] before = Arrays.stream(states).map(double[]::clone).toArray(double[][]::new);

      // When
      backend.compile(MODEL.transition()).iterate(states, inputs, MEMBERS, 1);

      // Then
      compare(MODEL.transition(), before, inputs, states);
    }
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("each")
  void shouldTakeManyStepsAsOneByOne(BatchBackend backend) {
    // Given
    SplittableRandom random = new SplittableRandom(7);
    double[][] together = states(random);
    double[][] single = Arrays.stream(together).map(double[]::clone).toArray(double[][]::new);
    double[] inputs = inputs(random);

    // When
    try (BatchProgram program = backend.compile(MODEL.transition())) {
      program.iterate(together, inputs, MEMBERS, 30);
      for (int i = 0; i < 30; i++) {
        program.iterate(single, inputs, MEMBERS, 1);
      }
    }

    // Then
    assertThat(together).isDeepEqualTo(single);
  }

  private static void compare(
      Program program, double[][] states, double[] inputs, double[][] outputs) {
    for (int m = 0; m < MEMBERS; m += 7) {
      int member = m;
      double[] column = Arrays.stream(states).mapToDouble(row -> row[member]).toArray();
      double[] reference = program.evaluate(column, inputs);
      for (int o = 0; o < reference.length; o++) {
        double tolerance = RELATIVE * Math.max(1e-9, Math.abs(reference[o]));
        assertThat(outputs[o][m])
            .as("output %s of member %s", o, m)
            .isCloseTo(reference[o], org.assertj.core.data.Offset.offset(tolerance));
      }
    }
  }

  private static double[][] states(SplittableRandom random) {
    double[][] states = new double[StateVariable.count()][MEMBERS];
    for (StateVariable variable : StateVariable.values()) {
      for (int m = 0; m < MEMBERS; m++) {
        double value =
            variable.kind() == StateVariable.Kind.FAULT
                ? (random.nextInt(3) == 0 ? random.nextDouble() : variable.priorMean())
                : variable.priorMean()
                    + 3.0 * Math.max(0.1, variable.priorDeviation()) * random.nextGaussian();
        states[variable.ordinal()][m] = variable.clamp(value);
      }
    }
    return states;
  }

  private static double[] inputs(SplittableRandom random) {
    double[] inputs = new double[InputVariable.values().length];
    for (InputVariable input : InputVariable.values()) {
      boolean isSwitch = input.usual() == 0.0 || input.usual() == 1.0;
      inputs[input.ordinal()] =
          isSwitch ? random.nextInt(2) : input.usual() * (0.5 + random.nextDouble());
    }
    return inputs;
  }
}
