package org.orrery.simulator.lar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LarReferenceTest {
  private static final String TABLE = "lar-reference/lar_reference.csv";

  @Test
  void shouldAgreeWithEveryRowOfTheReferenceTable() throws IOException {
    // Given
    String folder = System.getenv("ORRERY_DATASETS");
    assumeTrue(folder != null, "ORRERY_DATASETS names no folder with " + TABLE);
    Path table = Path.of(folder, TABLE);
    assumeTrue(Files.exists(table), "no " + table);
    List<String> misses = new ArrayList<>();
    int rows = 0;
    // When
    for (String line : Files.readAllLines(table).subList(1, Files.readAllLines(table).size())) {
      String[] cells = cells(line);
      OptionalDouble value = LarReference.evaluate(cells[1], cells[2], inputs(cells[3]));
      double expected = Double.parseDouble(cells[4]);
      double tolerance = Double.parseDouble(cells[6]) * Math.abs(expected);
      rows++;
      if (value.isEmpty() || !(Math.abs(value.getAsDouble() - expected) <= tolerance)) {
        misses.add(line + " gives " + value);
      }
    }
    // Then
    assertThat(misses).isEmpty();
    assertThat(rows).isPositive();
  }

  /** Splits at commas outside quotes. */
  private static String[] cells(String line) {
    String[] cells = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
    for (int i = 0; i < cells.length; i++) {
      cells[i] = cells[i].replace("\"", "");
    }
    return cells;
  }

  private static Map<String, Double> inputs(String text) {
    Map<String, Double> inputs = new HashMap<>();
    for (String pair : text.split(";")) {
      String[] parts = pair.split("=");
      inputs.put(parts[0], Double.parseDouble(parts[1]));
    }
    return inputs;
  }

  @Test
  void shouldBeEmptyForAnUnknownFormulaAndRefuseMissingInputs() {
    // Given
    Map<String, Double> none = Map.of();
    // When
    OptionalDouble unknown = LarReference.evaluate("density", "by guess", none);
    // Then
    assertThat(unknown).isEmpty();
    assertThat(LarReference.known()).hasSizeGreaterThan(50);
    assertThatThrownBy(() -> LarReference.evaluate("density", "LArSoft linear", none))
        .hasMessageContaining("T_K");
  }

  /** Measured: MicroBooNE and ProtoDUNE-SP drift velocities as quoted on lar.bnl.gov. */
  @ParameterizedTest
  @CsvSource({"0.273, 89.0, 0.1101", "0.4867, 87.7, 0.1560"})
  void shouldReproduceMeasuredDriftVelocities(double field, double kelvin, double cmPerUs) {
    // Given
    double tolerance = 0.01 * cmPerUs;
    // When
    double li = DriftVelocity.li(field, kelvin);
    // Then
    assertThat(li).isCloseTo(cmPerUs, within(tolerance));
    assertThat(DriftVelocity.icarusMicroBooNe(field, kelvin)).isCloseTo(cmPerUs, within(0.02));
    assertThat(DriftVelocity.larSoft(field, kelvin)).isCloseTo(cmPerUs, within(0.02));
  }

  /** Saturation line of the full equation of state at rounded temperatures. */
  @ParameterizedTest
  @CsvSource({
    "84.0, 0.70447, 1.41559, 4.138, 163.58, 80.8",
    "87.303, 1.01334, 1.39539, 5.774, 161.14, 107.0",
    "88.4, 1.13606, 1.38860, 6.412, 160.30, 116.8",
    "91.0, 1.47225, 1.37234, 8.135, 158.27, 142.3"
  })
  void shouldReproduceTheSaturationLine(
      double kelvin, double bar, double liquid, double vapour, double heat, double slope) {
    // Given
    PhaseEquilibrium both = PhaseEquilibrium.at(kelvin);
    // When
    double pressure = both.pressureBar();
    // Then
    assertThat(pressure).isCloseTo(bar, within(1e-5));
    assertThat(Saturation.pressureBar(kelvin)).isCloseTo(bar, within(1e-4));
    assertThat(Saturation.temperatureKelvin(Saturation.pressureBar(kelvin)))
        .isCloseTo(kelvin, within(1e-9));
    assertThat(Saturation.slopeMillibarPerKelvin(kelvin)).isCloseTo(slope, within(0.1));
    assertThat(both.liquidGramPerCm3()).isCloseTo(liquid, within(1e-5));
    assertThat(both.vapourKgPerM3()).isCloseTo(vapour, within(1e-3));
    assertThat(both.heatOfVaporisationKjPerKg()).isCloseTo(heat, within(0.01));
    assertThat(PhaseEquilibrium.atPressure(pressure).kelvin()).isCloseTo(kelvin, within(1e-8));
  }

  @Test
  void shouldReproduceAnchorsOfChargeAndLight() {
    // Given
    double rho = Saturation.liquidDensityGramPerCm3(88.4);
    // When
    double birks = Recombination.birks(2.1, 0.5, rho);
    // Then
    assertThat(birks).isCloseTo(0.6975, within(1e-4));
    assertThat(Recombination.modifiedBox(2.1, 0.5, rho)).isCloseTo(0.7047, within(1e-4));
    assertThat(Recombination.ellipsoidalBox(2.1, 0.5, rho, 90)).isCloseTo(0.6796, within(1e-3));
    assertThat(Attachment.lifetimeMilliseconds(0.5, 1.0)).isCloseTo(0.299, within(5e-4));
    assertThat(Attachment.survival(2.29, 8.0)).isCloseTo(0.751, within(1e-3));
    assertThat(Diffusion.longitudinal(0.5, 89)).isCloseTo(6.55, within(0.01));
    assertThat(Diffusion.transverse(0.5, 89)).isCloseTo(13.09, within(0.01));
    assertThat(SpaceCharge.anodeFieldRatio(0.7)).isCloseTo(0.918, within(1e-3));
    assertThat(SpaceCharge.cathodeFieldRatio(0.7)).isCloseTo(1.154, within(1e-3));
    assertThat(FrontEndResponse.wireCapacitancePicofaradPerMetre(3, 0.15, 3))
        .isCloseTo(24.3, within(0.05));
    assertThat(FrontEndResponse.transparencyRatio(3, 0.15)).isCloseTo(1.37, within(0.05));
    assertThat(Optics.liquidIndex(128, rho)).isCloseTo(1.38, within(0.03));
  }
}
