package org.orrery.twin.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import org.orrery.contract.Provenance;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.diagnosis.DiagnosisId;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.twin.Band;
import org.orrery.contract.twin.TwinState;
import org.orrery.contract.twin.TwinState.ChannelEstimate;
import org.orrery.contract.twin.TwinState.ParameterEstimate;
import org.orrery.twin.core.assimilation.Ensemble;
import org.orrery.twin.core.assimilation.SensorView;
import org.orrery.twin.core.assimilation.TwinEngine;
import org.orrery.twin.core.diagnosis.Verdict;
import org.orrery.twin.core.diagnosis.WorkingModel;
import org.orrery.twin.core.model.LarModel;
import org.orrery.twin.core.model.Sensor;
import org.orrery.twin.core.model.StateVariable;

/** Puts what the core knows into the contract's words. Stateless. */
final class Messages {
  /** A normal quantity lies within so many standard deviations in 90 of 100 cases. */
  private static final double NINETY_PERCENT = 1.645;

  private final String version;
  private final long seed;
  private final String configHash;

  Messages(String codeVersion, long seed, String configHash) {
    this.version = LarModel.VERSION + "/" + codeVersion;
    this.seed = seed;
    this.configHash = configHash;
  }

  String version() {
    return version;
  }

  Provenance provenance(long fromNs, long toNs) {
    return Provenance.live(fromNs, toNs, "twin", version, seed, configHash);
  }

  TwinState state(TwinEngine engine, WorkingModel working) {
    List<ChannelEstimate> channels = new ArrayList<>();
    List<Sensor> sensors = engine.model().sensors();
    for (int s = 0; s < sensors.size(); s++) {
      SensorView view = engine.view(s);
      // The trip switch is no quantity that a band could be drawn around.
      if (sensors.get(s).group().equals("hv.state") || !Double.isFinite(view.expected())) {
        continue;
      }
      double reach = NINETY_PERCENT * view.deviation();
      double latest = engine.readings().latest(s);
      channels.add(
          new ChannelEstimate(
              new ChannelId(sensors.get(s).channel()),
              new Band(view.expected() - reach, view.expected(), view.expected() + reach),
              Double.isFinite(latest) ? OptionalDouble.of(latest) : OptionalDouble.empty(),
              engine.readings().latestNs(s),
              Double.isNaN(view.innovation())
                  ? OptionalDouble.empty()
                  : OptionalDouble.of(view.innovation()),
              view.assimilated()));
    }
    long stepNs = engine.settings().stepNs();
    return new TwinState(
        engine.nowNs(),
        engine.monitor().agreement(),
        engine.monitor().meanSquare(),
        channels,
        parameters(engine.ensemble()),
        working.faultTitle(),
        provenance(engine.nowNs() - stepNs, engine.nowNs()));
  }

  private static List<ParameterEstimate> parameters(Ensemble ensemble) {
    return List.of(
        parameter(
            ensemble,
            "electron lifetime at 0.5 kV/cm",
            StateVariable.LOG_IMPURITY,
            log -> LarModel.NOMINAL_LIFETIME_MS * Math.exp(-log),
            "ms"),
        parameter(
            ensemble,
            "impurity source",
            StateVariable.LOG_SOURCE,
            log -> LarModel.NOMINAL_SOURCE_PPB_PER_DAY * Math.exp(log),
            "[ppb]/d"),
        parameter(
            ensemble, "heat load without pumps", StateVariable.HEAT_KILOWATTS, kw -> kw, "kW"),
        parameter(
            ensemble,
            "condenser conductance over nominal",
            StateVariable.LOG_CONDENSER,
            Math::exp,
            "1"),
        parameter(ensemble, "mixing time over nominal", StateVariable.LOG_MIXING, Math::exp, "1"),
        parameter(
            ensemble, "pump A capacity over nominal", StateVariable.LOG_CAPACITY_A, Math::exp, "1"),
        parameter(
            ensemble, "pump B capacity over nominal", StateVariable.LOG_CAPACITY_B, Math::exp, "1"),
        parameter(ensemble, "liquid temperature", StateVariable.BULK_KELVIN, k -> k, "K"));
  }

  private static ParameterEstimate parameter(
      Ensemble ensemble,
      String name,
      StateVariable variable,
      DoubleUnaryOperator value,
      String unit) {
    double[] values = new double[ensemble.members()];
    for (int m = 0; m < values.length; m++) {
      values[m] = value.applyAsDouble(ensemble.row(variable.ordinal())[m]);
    }
    return new ParameterEstimate(
        name,
        Ensemble.mean(values, values.length),
        Math.sqrt(Ensemble.variance(values, values.length)),
        unit);
  }

  Diagnosis diagnosis(
      DiagnosisId id, Finding finding, Verdict verdict, long atNs, double completeness) {
    return new Diagnosis(
        id,
        finding.id(),
        atNs,
        verdict.onsetNs(),
        verdict.causes(),
        verdict.discriminators(),
        completeness,
        verdict.agreementBefore(),
        provenance(verdict.onsetNs(), atNs));
  }
}
