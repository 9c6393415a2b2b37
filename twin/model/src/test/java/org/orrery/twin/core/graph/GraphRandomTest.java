package org.orrery.twin.core.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.orrery.twin.backend.array.BlockBackend;
import org.orrery.twin.backend.array.FusedBackend;

/** Random graphs, evaluated by the reference and by the array backends. */
class GraphRandomTest {
  private static final int STATES = 5;
  private static final int INPUTS = 3;
  private static final int MEMBERS = 300;

  @Property(tries = 60)
  void shouldGiveTheSameNumbersOnEveryArrayBackend(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Program program = program(random);
    double[][] states = new double[STATES][MEMBERS];
    for (double[] row : states) {
      for (int m = 0; m < MEMBERS; m++) {
        row[m] = 0.1 + 2.0 * random.nextDouble();
      }
    }
    double[] inputs = random.doubles(INPUTS, 0.1, 2.0).toArray();
    for (BatchBackend backend : List.of(new BlockBackend(), new FusedBackend())) {
      double[][] outputs = new double[program.outputCount()][MEMBERS];
      backend.compile(program).evaluate(states, inputs, MEMBERS, outputs);
      for (int m = 0; m < MEMBERS; m += 37) {
        double[] column = new double[STATES];
        for (int s = 0; s < STATES; s++) {
          column[s] = states[s][m];
        }
        double[] reference = program.evaluate(column, inputs);
        for (int o = 0; o < reference.length; o++) {
          assertThat(Double.doubleToLongBits(outputs[o][m]))
              .as("%s output %s member %s", backend.name(), o, m)
              .isEqualTo(Double.doubleToLongBits(reference[o]));
        }
      }
    }
  }

  @Property(tries = 60)
  void shouldDependOnlyOnTheStatesItSays(@ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Program program = program(random);
    double[] inputs = random.doubles(INPUTS, 0.1, 2.0).toArray();
    double[] base = random.doubles(STATES, 0.1, 2.0).toArray();
    double[] before = program.evaluate(base, inputs);
    boolean[][] dependencies = program.dependencies();
    for (int s = 0; s < STATES; s++) {
      double[] changed = base.clone();
      changed[s] += 0.01;
      double[] after = program.evaluate(changed, inputs);
      for (int o = 0; o < before.length; o++) {
        if (!dependencies[o][s]) {
          assertThat(after[o]).isEqualTo(before[o]);
        }
      }
    }
  }

  private static Program program(SplittableRandom random) {
    Graph graph = new Graph();
    List<Expr> pool = new ArrayList<>();
    for (int s = 0; s < STATES; s++) {
      pool.add(graph.state("s" + s));
    }
    for (int i = 0; i < INPUTS; i++) {
      pool.add(graph.input("i" + i));
    }
    for (int n = 0; n < 60; n++) {
      Expr a = pool.get(random.nextInt(pool.size()));
      Expr b = pool.get(random.nextInt(pool.size()));
      Expr c = pool.get(random.nextInt(pool.size()));
      pool.add(
          switch (random.nextInt(12)) {
            case 0 -> a.plus(b);
            case 1 -> a.minus(b);
            case 2 -> a.times(b).min(1e3).max(-1e3);
            case 3 -> a.over(b.abs().plus(0.5));
            case 4 -> a.min(3.0).exp();
            case 5 -> a.abs().plus(0.1).log();
            case 6 -> a.abs().sqrt();
            case 7 -> a.abs().pow(1.5).min(1e3);
            case 8 -> a.less(b).then(b, c);
            case 9 -> a.min(b).max(c);
            case 10 -> a.greater(1.0).then(c, a);
            default -> a.times(random.nextDouble()).plus(random.nextDouble());
          });
    }
    List<Expr> outputs = new ArrayList<>(pool.subList(pool.size() - 8, pool.size()));
    outputs.add(pool.get(0));
    outputs.add(pool.get(STATES));
    return graph.program(outputs);
  }
}
