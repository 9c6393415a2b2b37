package org.orrery.twin.core.assimilation;

import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * The ensemble Kalman filter with perturbed observations (Burgers, van Leeuwen and Evensen 1998),
 * all observations at once. The reference that the serial filter is compared with. Stateless.
 */
public final class PerturbedFilter {
  private PerturbedFilter() {}

  /**
   * Corrects an ensemble by a vector of observations with independent errors.
   *
   * @param states corrected in place, {@code [row][member]}
   * @param predicted what each member expects, {@code [observation][member]}
   * @param values the observations
   * @param variances their error variances, each above 0
   * @param random draws the perturbations
   */
  public static void assimilate(
      double[][] states,
      double[][] predicted,
      double[] values,
      double[] variances,
      RandomGenerator random) {
    int members = states[0].length;
    DMatrixRMaj y = anomalies(predicted, members);
    DMatrixRMaj innovations = new DMatrixRMaj(values.length, members);
    double[] noise = new double[members];
    for (int o = 0; o < values.length; o++) {
      for (int m = 0; m < members; m++) {
        noise[m] = random.nextGaussian() * Math.sqrt(variances[o]);
      }
      double mean = Ensemble.mean(noise, members);
      for (int m = 0; m < members; m++) {
        innovations.set(o, m, values[o] + noise[m] - mean - predicted[o][m]);
      }
    }
    DMatrixRMaj s = new DMatrixRMaj(values.length, values.length);
    CommonOps_DDRM.multTransB(1.0 / (members - 1), y, y, s);
    for (int o = 0; o < values.length; o++) {
      s.add(o, o, variances[o]);
    }
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(values.length);
    DMatrixRMaj weights = new DMatrixRMaj(values.length, members);
    if (!solver.setA(s)) {
      throw new IllegalArgumentException("an observation has no error of its own");
    }
    solver.solve(innovations, weights);
    DMatrixRMaj cross = new DMatrixRMaj(states.length, values.length);
    CommonOps_DDRM.multTransB(1.0 / (members - 1), anomalies(states, members), y, cross);
    DMatrixRMaj correction = new DMatrixRMaj(states.length, members);
    CommonOps_DDRM.mult(cross, weights, correction);
    for (int row = 0; row < states.length; row++) {
      for (int m = 0; m < members; m++) {
        states[row][m] += correction.get(row, m);
      }
    }
  }

  private static DMatrixRMaj anomalies(double[][] rows, int members) {
    DMatrixRMaj anomalies = new DMatrixRMaj(rows.length, members);
    for (int row = 0; row < rows.length; row++) {
      double mean = Ensemble.mean(rows[row], members);
      for (int m = 0; m < members; m++) {
        anomalies.set(row, m, rows[row][m] - mean);
      }
    }
    return anomalies;
  }
}
