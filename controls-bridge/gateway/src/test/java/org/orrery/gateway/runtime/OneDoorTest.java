package org.orrery.gateway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.orrery.epics.client.PvClient;
import org.orrery.gateway.core.ControlSystem;

/** Enumerates every path to a put: there is one, and each of its stations has one way in. */
class OneDoorTest {
  private static final String CORE = "org.orrery.gateway.core.";
  private static final String RUNTIME = "org.orrery.gateway.runtime.";

  private final JavaClasses gateway = classes();

  private static JavaClasses classes() {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter()
        .importUrl(ControlSystem.class.getProtectionDomain().getCodeSource().getLocation());
  }

  @Test
  void shouldReachAPutOnlyThroughTheGatesExecution() {
    // When
    Set<String> toTheLibrary = callersOf(PvClient.class.getName(), "put");
    Set<String> toThePort = callersOf(ControlSystem.class.getName(), "put");
    Set<String> toTheAdapter = callersOf(RUNTIME + "PvControlSystem", "put");
    Set<String> toAnExecution = callersOf(CORE + "Execution", "start");
    Set<String> toTheGate = callersOf(CORE + "WriteGate", "execute");

    // Then
    assertThat(toTheLibrary).containsExactly(RUNTIME + "PvControlSystem.put");
    assertThat(toThePort)
        .as("the execution, and what measures on the way and passes on what it is given")
        .containsExactlyInAnyOrder(CORE + "Execution.put", CORE + "bridge.MeteredControl.put");
    assertThat(callersOf(CORE + "bridge.MeteredControl", "put")).isEmpty();
    assertThat(toTheAdapter).isEmpty();
    assertThat(callersOf(CORE + "Execution", "put")).containsExactly(CORE + "Execution.journalled");
    assertThat(toAnExecution).containsExactly(CORE + "WriteGate.begin");
    assertThat(callersOf(CORE + "WriteGate", "begin")).containsExactly(CORE + "WriteGate.execute");
    assertThat(toTheGate)
        .hasSize(1)
        .allMatch(caller -> caller.startsWith(RUNTIME + "GatewayEndpoints."));
  }

  @Test
  void shouldGiveADryRunNothingThatWritesOrWritesDown() {
    // Given
    Set<String> doers =
        Set.of(
            ControlSystem.class.getName(),
            CORE + "Journal",
            CORE + "Execution",
            CORE + "Resolver",
            CORE + "WriteGate");

    // When
    List<String> reached =
        gateway.stream()
            .filter(
                c ->
                    c.getName().equals(CORE + "GateDryRun")
                        || c.getName().equals(CORE + "GateCases"))
            .flatMap(c -> c.getMethodCallsFromSelf().stream())
            .filter(call -> doers.contains(call.getTargetOwner().getName()))
            .map(call -> call.getTargetOwner().getName() + "." + call.getName())
            .toList();

    // Then
    assertThat(reached).isEmpty();
    assertThat(callersOf(CORE + "GateDryRun", "go"))
        .contains(CORE + "WriteGate.dryRun")
        .allMatch(
            caller ->
                caller.startsWith(CORE + "GateDryRun.")
                    || caller.equals(CORE + "WriteGate.dryRun"));
    assertThat(callersOf(CORE + "WriteGate", "dryRun"))
        .hasSize(1)
        .allMatch(caller -> caller.startsWith(RUNTIME + "GatewayEndpoints."));
  }

  @Test
  void shouldOpenAClientInOnePlaceOnly() {
    // When
    Set<String> openers = callersOf("org.orrery.epics.client.PvClients", "open");
    List<String> references =
        gateway.stream()
            .flatMap(c -> c.getMethodReferencesFromSelf().stream())
            .filter(r -> r.getTargetOwner().getName().equals("org.orrery.epics.client.PvClients"))
            .map(r -> r.getOriginOwner().getName())
            .toList();

    // Then
    assertThat(openers).isEmpty();
    assertThat(references).containsExactly("org.orrery.gateway.GatewayModule");
  }

  @Test
  void shouldGiveTheReaderOfHistogramsNothingThatWrites() {
    // When
    List<String> reached =
        gateway.stream()
            .filter(c -> c.getSimpleName().startsWith("Histogram"))
            .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
            .map(dependency -> dependency.getTargetClass().getName())
            .toList();

    // Then
    assertThat(reached)
        .contains("org.orrery.epics.client.PvReader")
        .doesNotContain(PvClient.class.getName(), ControlSystem.class.getName());
  }

  private Set<String> callersOf(String owner, String method) {
    return gateway.stream()
        .flatMap(c -> c.getMethodCallsFromSelf().stream())
        .filter(
            call -> call.getTargetOwner().getName().equals(owner) && call.getName().equals(method))
        .map(OneDoorTest::origin)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String origin(JavaMethodCall call) {
    return call.getOriginOwner().getName() + "." + call.getOrigin().getName();
  }
}
