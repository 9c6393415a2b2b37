package org.orrery.simulator.fault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The faults that can be started by their code. Stateless. */
public final class FaultCatalogue {
  private static final Map<String, FaultFamily> BY_CODE = byCode();

  private FaultCatalogue() {}

  private static Map<String, FaultFamily> byCode() {
    List<FaultFamily> families =
        List.of(
            new HighVoltageFaults(),
            new PhotonFaults(),
            new CryostatFaults(),
            new PurificationFaults(),
            new SiteFaults(),
            new BoardFaults(),
            new ElectronicsFaults(),
            new WireBiasFaults(),
            new ComputingFaults(),
            new SensorFaults());
    Map<String, FaultFamily> byCode = new LinkedHashMap<>();
    for (FaultFamily family : families) {
      for (String code : family.codes()) {
        if (byCode.put(code, family) != null) {
          throw new IllegalStateException("fault twice: " + code);
        }
      }
    }
    return byCode;
  }

  /** Returns all codes: those of the catalogue by number, then the others. */
  public static List<String> codes() {
    List<String> codes = new ArrayList<>(BY_CODE.keySet());
    codes.sort(
        Comparator.comparing((String code) -> !code.startsWith("F"))
            .thenComparing(code -> code.substring(0, 1))
            .thenComparing(FaultCatalogue::number));
    return List.copyOf(codes);
  }

  private static int number(String code) {
    return Integer.parseInt(code.substring(1));
  }

  /** Returns whether there is a fault of that code. */
  public static boolean knows(String code) {
    return BY_CODE.containsKey(code);
  }

  /**
   * Builds a fault.
   *
   * @param code {@code F1} to {@code F24}, {@code C1} to {@code C3}
   * @param arguments what was asked
   * @throws IllegalArgumentException if the code or an argument makes no sense, saying why
   */
  public static Fault build(String code, Arguments arguments) {
    FaultFamily family = BY_CODE.get(code);
    if (family == null) {
      throw new IllegalArgumentException(
          "no fault " + code + "; there are " + String.join(", ", codes()));
    }
    Optional<String> lasting = arguments.text("for");
    Fault fault = family.build(code, arguments);
    arguments.end();
    if (lasting.isEmpty()) {
      return fault;
    }
    double seconds = Arguments.numberOf("for", lasting.get());
    return new Fault(
        fault.code(),
        fault.target(),
        fault.effects(),
        new Fault.Ending.After(seconds),
        fault.truth());
  }
}
