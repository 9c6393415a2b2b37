package org.orrery.twin.core.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.orrery.contract.twin.Agreement;
import org.orrery.twin.plant.TwinOnPlant;

/** The twin through a whole story: fault, diagnosis, remedy, repair. */
class WorkingModelTest {
  private static final long REEXAMINE_NS = 120_000_000_000L;

  private final TwinOnPlant twin = new TwinOnPlant(21);

  private void diagnoseAndApply(int seconds, long lookBackNs) {
    twin.working().apply(twin.diagnose(seconds, lookBackNs), twin.engine().nowNs());
  }

  @Test
  void shouldCarryAStoppedPumpUntilItRunsAgain() {
    // Given
    twin.run(1800);
    twin.plant().pumpADead = true;
    twin.run(60);

    // When
    diagnoseAndApply(60, Diagnoser.LOOK_BACK_NS);
    twin.run(300);

    // Then
    assertThat(twin.working().fault()).contains(Fault.PUMP_A_STOP);
    assertThat(twin.engine().monitor().agreement()).isEqualTo(Agreement.AGREES);

    // When
    twin.plant().pumpAEnabled = false;
    twin.run(20);
    twin.plant().pumpBEnabled = true;
    twin.run(900);

    // Then
    assertThat(twin.engine().monitor().agreement()).isEqualTo(Agreement.AGREES);
    assertThat(twin.working().fault()).contains(Fault.PUMP_A_STOP);

    // When
    twin.plant().pumpADead = false;
    twin.plant().pumpBEnabled = false;
    twin.plant().pumpAEnabled = true;
    twin.run(180);

    // Then
    assertThat(twin.working().contradicted()).isTrue();

    // When
    diagnoseAndApply(120, REEXAMINE_NS);
    twin.run(300);

    // Then
    assertThat(twin.working().title()).isEmpty();
    assertThat(twin.engine().monitor().agreement()).isEqualTo(Agreement.AGREES);
  }

  @Test
  void shouldLetGoOfATripWhenTheSupplyIsReset() {
    // Given
    twin.run(1800);
    twin.plant().tripped = true;
    twin.run(60);
    diagnoseAndApply(60, Diagnoser.LOOK_BACK_NS);
    assertThat(twin.working().fault()).contains(Fault.HV_TRIP);

    // When
    twin.plant().hvReset = true;
    twin.run(5);
    twin.plant().hvReset = false;
    twin.run(1200);

    // Then
    assertThat(twin.working().title()).isEmpty();
  }

  @Test
  void shouldNameALyingSensorUntilItTellsTheTruth() {
    // Given
    twin.run(1800);
    twin.plant().stick("purif.flow", 0.0);
    twin.run(60);

    // When
    diagnoseAndApply(60, Diagnoser.LOOK_BACK_NS);
    twin.run(60);

    // Then
    assertThat(twin.working().title())
        .hasValueSatisfying(t -> assertThat(t).contains("purif.flow"));
    assertThat(twin.engine().monitor().agreement()).isEqualTo(Agreement.AGREES);

    // When
    twin.plant().heal();
    twin.run(60);

    // Then
    assertThat(twin.working().title()).isEmpty();
  }
}
