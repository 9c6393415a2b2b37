package org.orrery.epics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.server.PutDecision;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;

/** The foreign client pyepics, on EPICS base's own library, against our Channel Access server. */
class PyEpicsTest extends PvRig {
  private static final String PYTHON = "/usr/bin/python3";

  @TempDir private Path folder;

  PyEpicsTest() {
    super(new PvCaAdapter());
  }

  @BeforeAll
  static void findPyEpics() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of(PYTHON))
            && new ProcessBuilder(PYTHON, "-c", "import epics").start().waitFor() == 0,
        "pyepics is not installed here (Debian: apt-get install python3-pyepics)");
  }

  /** What a script prints, line by line. */
  private List<String> python(PvServer server, String script) throws Exception {
    return started(server, script).get(80, TimeUnit.SECONDS);
  }

  private CompletableFuture<List<String>> started(PvServer server, String script)
      throws IOException {
    Path out = folder.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(PYTHON, "-u", "-c", "import epics, time\n" + script)
            .redirectError(folder.resolve("err").toFile())
            .redirectOutput(out.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "EPICS_CA_ADDR_LIST",
                server.searchAddress().toString(),
                "EPICS_CA_AUTO_ADDR_LIST",
                "NO",
                "EPICS_CA_REPEATER_PORT",
                Integer.toString(server.serverAddress().port())));
    Process process = closing(new Running(builder.start())).process();
    return process.onExit().thenApply(ended -> lines(out));
  }

  private record Running(Process process) implements AutoCloseable {
    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException gone) {
      throw new java.io.UncheckedIOException(gone);
    }
  }

  @Test
  void shouldBeReadWithItsDescriptionByAForeignClient() throws Exception {
    // Given
    PvServer server = server();
    server.create(
        PvDefinition.readOnly("T:V", VOLTS),
        new PvState(Value.of(-181.5), Severity.MINOR, 1, "LOW", T0_NS));
    server.create(
        PvDefinition.readOnly("T:N", plain(ValueKind.LONG)),
        PvState.normal(new Value.LongValue(-7), T0_NS));
    server.create(
        PvDefinition.readOnly("T:S", plain(ValueKind.TEXT)),
        PvState.normal(Value.of("grüß Gott"), T0_NS));
    String longText = "µ".repeat(60);
    server.create(
        PvDefinition.readOnly("T:L", plain(ValueKind.TEXT)),
        PvState.normal(Value.of(longText), T0_NS));
    server.create(
        PvDefinition.readOnly("T:C", plain(ValueKind.CHOICE, "OFF", "ON", "STANDBY")),
        PvState.normal(new Value.ChoiceValue(2, "STANDBY"), T0_NS));
    server.create(
        PvDefinition.readOnly("T:A", plain(ValueKind.DOUBLE_ARRAY)),
        PvState.normal(DoubleArrayValue.of(1, 2.5, -3), T0_NS));
    // When
    List<String> said =
        python(
            server,
            """
            v = epics.PV('T:V'); v.wait_for_connection(30); v.get_with_metadata(form='time'); v.get_ctrlvars(timeout=30)
            print(v.get(), v.severity, v.status, v.units, v.lower_disp_limit, v.upper_disp_limit,
                  v.lower_ctrl_limit, v.lower_alarm_limit, v.lower_warning_limit, v.upper_warning_limit)
            print(round(v.timestamp), v.type, v.count, v.write_access)
            n = epics.PV('T:N'); print(n.get(timeout=30), n.type)
            s = epics.PV('T:S'); print(s.get(timeout=30), s.type)
            l = epics.PV('T:L$'); print(bytes(int(b) % 256 for b in l.get(timeout=30)).split(b'\\0')[0].decode())
            c = epics.PV('T:C'); print(c.get(timeout=30), c.get(as_string=True, timeout=30), c.enum_strs)
            a = epics.PV('T:A'); print(list(a.get(timeout=30)), a.count)
            """);
    // Then
    assertThat(said)
        .containsExactly(
            "-181.5 1 6 kV -200.0 0.0 -190.0 -185.0 -182.0 -178.5",
            "1800000000 time_double 1 False",
            "-7 time_long",
            "grüß Gott time_string",
            longText,
            "2 STANDBY ('OFF', 'ON', 'STANDBY')",
            "[1.0, 2.5, -3.0] 3");
  }

  @Test
  void shouldTakePutsOfAForeignClientWithCompletionAndRefuseThemOnAReadOnlyPv() throws Exception {
    // Given
    PvServer server = server();
    List<Value> taken = new CopyOnWriteArrayList<>();
    server.create(PvDefinition.writable("T:SET", VOLTS, accepting(taken)), volts(0));
    server.create(
        PvDefinition.writable("T:C", plain(ValueKind.CHOICE, "OFF", "ON"), accepting(taken)),
        PvState.normal(new Value.ChoiceValue(0, "OFF"), T0_NS));
    CompletableFuture<PutDecision> whenDone = new CompletableFuture<>();
    server.create(PvDefinition.writable("T:SLOW", VOLTS, value -> whenDone), volts(0));
    serveVolts(server, "T:RO", 0);
    // When
    CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS)
        .execute(() -> whenDone.complete(new PutDecision.Accepted()));
    List<String> said =
        python(
            server,
            """
            p = epics.PV('T:SET'); p.wait_for_connection(30); print(p.put(-180, wait=True, timeout=30))
            c = epics.PV('T:C'); c.wait_for_connection(30); print(c.put('ON', wait=True, timeout=30))
            w = epics.PV('T:SLOW'); w.wait_for_connection(30); print(w.put(1, wait=True, timeout=30))
            r = epics.PV('T:RO'); r.wait_for_connection(30)
            try:
                print(r.put(1, wait=True, timeout=10))
            except Exception as refused:
                print(type(refused).__name__)
            """);
    // Then
    assertThat(said.subList(0, 3)).containsExactly("1", "1", "1");
    assertThat(said.getLast()).isNotEqualTo("1");
    assertThat(taken).containsExactly(Value.of(-180), new Value.ChoiceValue(1, "ON"));
    assertThat(whenDone).isDone();
    assertThat(server.statistics().putsRefused()).isZero();
  }

  @Test
  void shouldBeWatchedByAForeignClient() throws Exception {
    // Given
    PvServer server = server();
    ServedPv pv = serveVolts(server, "T:V", 0);
    CompletableFuture<List<String>> said =
        started(
            server,
            """
            seen = []
            p = epics.PV('T:V', form='time', callback=lambda value=None, severity=None, **kw: seen.append((value, severity)))
            end = time.time() + 60
            while time.time() < end and (not seen or seen[-1][0] != 20):
                time.sleep(0.02)
            print(seen)
            """);
    Listening.until("its subscription", () -> server.statistics().subscriptions() == 1);
    // When
    for (int i = 1; i <= 20; i++) {
      pv.post(alarmed(Value.of(i), i % 2 == 0 ? Severity.NONE : Severity.MAJOR, T0_NS + i));
      Thread.sleep(20);
    }
    // Then
    StringBuilder all = new StringBuilder("[(0.0, 0)");
    for (int i = 1; i <= 20; i++) {
      all.append(", (").append((double) i).append(", ").append(i % 2 == 0 ? 0 : 2).append(')');
    }
    assertThat(said.get(80, TimeUnit.SECONDS)).containsExactly(all.append(']').toString());
  }
}
