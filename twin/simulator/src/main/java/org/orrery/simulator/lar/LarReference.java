package org.orrery.simulator.lar;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.orrery.simulator.lar.LegacyLifetime.Impurity;

/**
 * Evaluates a published quantity by the names that the reference table of liquid-argon values uses,
 * so that a table can be checked against the formulas of this package. Results are in the unit of
 * the table. Stateless and thread-safe.
 */
public final class LarReference {
  private static final Map<String, ToDoubleFunction<Inputs>> FORMULAS = new LinkedHashMap<>();

  /** Inputs of one row by name, with the unit in the name, as in {@code E_kVcm}. */
  private record Inputs(Map<String, Double> values) {
    double get(String name) {
      Double value = values.get(name);
      if (value == null) {
        throw new IllegalArgumentException("no input " + name + " among " + values.keySet());
      }
      return value;
    }

    double field() {
      return get("E_kVcm");
    }

    double kelvin() {
      return get("T_K");
    }

    /** Density given directly, or of the saturated liquid at the temperature given. */
    double density() {
      Double given = values.get("rho_gcm3");
      return given != null ? given : Saturation.liquidDensityGramPerCm3(kelvin());
    }

    double loss() {
      return get("dEdx_MeVcm");
    }
  }

  static {
    addTransportOfCharge();
    addIonisation();
    addFits();
    addEquationOfState();
    addElectronics();
  }

  private LarReference() {}

  private static void add(String quantity, String model, ToDoubleFunction<Inputs> formula) {
    FORMULAS.put(key(quantity, model), formula);
  }

  private static String key(String quantity, String model) {
    return quantity + " | " + model;
  }

  /**
   * Evaluates a row.
   *
   * @param quantity name of the quantity, for example {@code drift_velocity}
   * @param model name of the published formula, for example {@code BNL/Li2016 (a1*0.9)}
   * @param inputs inputs by name
   * @return the value in the unit of the table, or empty where this package has no such formula
   * @throws IllegalArgumentException if an input of a known formula is missing
   */
  public static OptionalDouble evaluate(String quantity, String model, Map<String, Double> inputs) {
    ToDoubleFunction<Inputs> formula = FORMULAS.get(key(quantity, model));
    return formula == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(formula.applyAsDouble(new Inputs(Map.copyOf(inputs))));
  }

  /** Returns the known formulas as {@code quantity | model}, sorted. */
  public static Set<String> known() {
    return new TreeSet<>(FORMULAS.keySet());
  }

  private static void addTransportOfCharge() {
    String bnl = "BNL lar.bnl.gov";
    String li = "BNL/Li2016 (a1*0.9)";
    add(
        "drift_velocity",
        "LArSoft Walkowiak+ICARUS blend",
        in -> DriftVelocity.larSoft(in.field(), in.kelvin()));
    add(
        "drift_velocity",
        "LArSoft ICARUS+MicroBooNE polynomial",
        in -> DriftVelocity.icarusMicroBooNe(in.field(), in.kelvin()));
    add("drift_velocity", li, in -> DriftVelocity.li(in.field(), in.kelvin()));
    add(
        "drift_velocity",
        "larnd-sim (E * mobility)",
        in -> DriftVelocity.larndSim(in.field(), in.kelvin()));
    add("drift_velocity", "MEASURED MicroBooNE", in -> DriftVelocity.li(in.field(), in.kelvin()));
    add("drift_velocity", "MEASURED ProtoDUNE-SP", in -> DriftVelocity.li(in.field(), in.kelvin()));
    add(
        "drift_velocity_mm_us",
        "Thorn blend (BNL LAr.C)",
        in -> DriftVelocity.thornBlendMmPerUs(in.field(), in.kelvin()));
    add("mobility", li, in -> DriftVelocity.mobilityLi(in.field(), in.kelvin()));
    add("eps_L", bnl, in -> Diffusion.longitudinalEnergyEv(in.field(), in.kelvin()));
    add("D_L", bnl, in -> Diffusion.longitudinal(in.field(), in.kelvin()));
    add("D_T", bnl, in -> Diffusion.transverse(in.field(), in.kelvin()));
    add("attachment_rate_O2", bnl, in -> Attachment.oxygenRatePerSecond(in.field()));
    add(
        "electron_lifetime",
        "tau=1/(k_O2 x)",
        in -> Attachment.lifetimeMilliseconds(in.field(), in.get("O2eq_ppb")));
    add(
        "lifetime_attenuation",
        bnl,
        in ->
            Attachment.survival(
                in.get("L_m") * 0.1 / DriftVelocity.li(in.field(), in.kelvin()), in.get("tau_ms")));
    for (Impurity impurity : Impurity.values()) {
      add(
          "electron_lifetime_legacy",
          impurity + " attachment (BNL LAr.C)",
          in -> LegacyLifetime.milliseconds(impurity, in.get("ppb"), in.kelvin(), in.field()));
    }
    add(
        "ion_drift_velocity",
        "BNL fit",
        in -> Transport.ionVelocityMetrePerSecond(in.kelvin(), in.field()));
    add("sce_field_anode", "1-D steady state", in -> SpaceCharge.anodeFieldRatio(in.get("alpha")));
    add(
        "sce_field_cathode",
        "1-D steady state",
        in -> SpaceCharge.cathodeFieldRatio(in.get("alpha")));
  }

  private static void addIonisation() {
    add(
        "recombination",
        "Birks A=0.800 k=0.0486",
        in -> Recombination.birks(in.loss(), in.field(), in.density()));
    add(
        "recombination",
        "Modified Box A=0.930 B=0.212",
        in -> Recombination.modifiedBox(in.loss(), in.field(), in.density()));
    add(
        "recombination",
        "Ellipsoid Modified Box (ICARUS)",
        in -> Recombination.ellipsoidalBox(in.loss(), in.field(), in.density(), in.get("phi_deg")));
    add(
        "recombination",
        "LArQL (Birks + low-field correction)",
        in -> Recombination.larQl(in.loss(), in.field(), in.density()));
    add(
        "light_recombination",
        "BNL lar.bnl.gov",
        in -> Recombination.light(Recombination.birks(in.loss(), in.field(), in.density())));
    add(
        "dEdx_from_dQdx",
        "Birks inverse",
        in ->
            Recombination.birksInverse(
                in.get("dQdx_e_cm"), in.field(), Saturation.densityLarSoftGramPerCm3(in.kelvin())));
    add(
        "dEdx_from_dQdx",
        "Modified Box inverse",
        in ->
            Recombination.modifiedBoxInverse(
                in.get("dQdx_e_cm"), in.field(), Saturation.densityLarSoftGramPerCm3(in.kelvin())));
    add(
        "dEdx_mean_muon",
        "Bethe-Bloch (Sternheimer)",
        in ->
            EnergyLoss.mean(
                in.get("p_GeVc"),
                in.get("m_GeV") * 1e3,
                Saturation.densityLarSoftGramPerCm3(in.kelvin())));
    add(
        "dEdx_mpv_muon",
        "BNL lar.bnl.gov",
        in ->
            EnergyLoss.mostProbable(
                in.get("p_GeVc"), in.get("m_MeV"), in.get("thickness_cm"), in.density()));
  }

  private static void addFits() {
    add("density", "LArSoft linear", in -> Saturation.densityLarSoftGramPerCm3(in.kelvin()));
    add("density", "BNL lar.bnl.gov", Inputs::density);
    add("density", "TABULATED normal boiling point", Inputs::density);
    add(
        "saturation_pressure",
        "Tegeler ancillary (BNL)",
        in -> Saturation.pressureBar(in.kelvin()));
    add(
        "heat_of_vaporisation",
        "BNL fit",
        in -> Saturation.heatOfVaporisationKjPerMol(in.kelvin()));
    add("cp_liquid", "BNL fit", in -> Saturation.heatCapacityKjPerKgKelvin(in.kelvin()));
    add("viscosity", "BNL fit", in -> Transport.viscosityBnlMicroPascalSecond(in.kelvin()));
    add("speed_of_sound", "BNL fit", in -> Saturation.speedOfSoundMetrePerSecond(in.kelvin()));
    add(
        "dielectric_constant",
        "Clausius-Mossotti (BNL)",
        in -> Transport.dielectricConstant(in.kelvin()));
    add("surface_tension", "Mulero 2012", in -> Transport.surfaceTension(in.kelvin()) * 1e3);
  }

  private static void addEquationOfState() {
    String eos = "Tegeler EOS";
    String liquid = "Tegeler EOS, saturated liquid";
    add("density", liquid, in -> PhaseEquilibrium.at(in.kelvin()).liquidGramPerCm3());
    add(
        "density_vapour",
        "Tegeler EOS, saturated vapour",
        in -> PhaseEquilibrium.at(in.kelvin()).vapourKgPerM3());
    add("saturation_pressure", eos, in -> PhaseEquilibrium.at(in.kelvin()).pressureBar());
    add("saturation_temperature", eos, in -> PhaseEquilibrium.atPressure(in.get("p_bar")).kelvin());
    add(
        "heat_of_vaporisation",
        eos,
        in -> PhaseEquilibrium.at(in.kelvin()).heatOfVaporisationKjPerKg());
    add(
        "cp_liquid",
        liquid,
        in -> PhaseEquilibrium.at(in.kelvin()).liquidHeatCapacityKjPerKgKelvin());
    add(
        "speed_of_sound",
        liquid,
        in ->
            TegelerEquation.speedOfSound(
                in.kelvin(), PhaseEquilibrium.at(in.kelvin()).liquidMolPerM3()));
    add(
        "dpsat_dT",
        "Tegeler EOS (central difference 0.01 K)",
        in ->
            (PhaseEquilibrium.at(in.kelvin() + 0.01).pressureBar()
                    - PhaseEquilibrium.at(in.kelvin() - 0.01).pressureBar())
                / 0.02
                * 1e3);
    add("density", "Tegeler EOS, compressed liquid", in -> liquidAt(in) * 1e-3);
    add("density_vapour", "Tegeler EOS, gas", LarReference::gasAt);
    String lemmon = "Lemmon & Jacobsen 2004, saturated liquid";
    add(
        "viscosity",
        lemmon,
        in ->
            1e6
                * Transport.viscosity(
                    in.kelvin(), PhaseEquilibrium.at(in.kelvin()).liquidMolPerM3()));
    add(
        "thermal_conductivity",
        lemmon,
        in ->
            Transport.conductivity(in.kelvin(), PhaseEquilibrium.at(in.kelvin()).liquidMolPerM3()));
  }

  private static double liquidAt(Inputs in) {
    double guess =
        Saturation.liquidDensityGramPerCm3(in.kelvin()) * 1e3 / TegelerEquation.MOLAR_MASS;
    return TegelerEquation.density(in.kelvin(), in.get("p_bar") * 1e5, guess)
        * TegelerEquation.MOLAR_MASS;
  }

  private static double gasAt(Inputs in) {
    double pascal = in.get("p_bar") * 1e5;
    double guess = pascal / (TegelerEquation.GAS_CONSTANT * in.kelvin());
    return TegelerEquation.density(in.kelvin(), pascal, guess) * TegelerEquation.MOLAR_MASS;
  }

  private static void addElectronics() {
    add(
        "fe_response",
        "LArASIC 5th-order semi-Gaussian, gain 14",
        in ->
            FrontEndResponse.coldElectronics(
                in.get("t_over_tp") * in.get("tp_us"), in.get("tp_us"), in.get("gain_mV_fC")));
    add(
        "wire_capacitance",
        "BNL lar.bnl.gov",
        in ->
            FrontEndResponse.wireCapacitancePicofaradPerMetre(
                in.get("pitch_mm"), in.get("d_mm"), in.get("gap_mm")));
  }
}
