package org.orrery.softioc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.HostPort;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.PvUpdate;
import org.orrery.epics.client.GetReply;
import org.orrery.epics.client.PutReply;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.client.PvClientSettings;
import org.orrery.epics.client.PvClients;
import org.orrery.epics.client.PvListener;
import org.orrery.epics.client.PvSubscription;

class SoftIocTest {
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

  @TempDir private Path directory;

  private static PvClient clientOf(IocProcess ioc) {
    return PvClients.open(PvClientSettings.of(HostPort.loopback(ioc.searchPort())));
  }

  private static GetReply.Got read(PvClient client, String pv) {
    return (GetReply.Got) client.get(pv, PATIENCE_NS).join();
  }

  private static Value valueOf(PvClient client, String pv) {
    return read(client, pv).update().value();
  }

  private static PutReply write(PvClient client, String pv, Value value) throws Exception {
    LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (PvSubscription connection = client.subscribe(pv, hearing(heard))) {
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("connected");
      return client.put(connection.address(), value, PATIENCE_NS).join();
    }
  }

  @Test
  void shouldServeTheDetectorTakePutsAndGoOnAfterAKill() throws Exception {
    String clock = "--speed";
    PvUpdate before;
    Path puts = directory.resolve("puts");
    try (IocProcess ioc = IocProcess.start(directory, clock, "60", "--put-log", puts.toString());
        PvClient client = clientOf(ioc)) {
      // Given
      GetReply.Got pump = read(client, "LAR:PURIF:PUMP_B:SPEED_SET");
      assertThat(pump.metadata().kind()).isEqualTo(ValueKind.DOUBLE);
      assertThat(pump.metadata().control().high()).isEqualTo(60);
      // When
      PutReply accepted = write(client, "LAR:PURIF:PUMP_B:SPEED_SET", Value.of(42.0));
      PutReply outOfRange = write(client, "LAR:PURIF:PUMP_B:SPEED_SET", Value.of(400.0));
      PutReply readOnly = write(client, "LAR:PURIF:FLOW", Value.of(1.0));
      PutReply fault = write(client, "LAR:SIM:FAULT", Value.of("F5 start"));
      PutReply nonsense = write(client, "LAR:SIM:FAULT", Value.of("F99 start"));
      // Then
      assertThat(accepted).isEqualTo(new PutReply.Completed());
      assertThat(outOfRange).isInstanceOf(PutReply.Rejected.class);
      assertThat(readOnly).isEqualTo(new PutReply.Rejected("LAR:PURIF:FLOW is read-only", true));
      assertThat(fault).isEqualTo(new PutReply.Completed());
      assertThat(nonsense).isInstanceOf(PutReply.Rejected.class);
      assertThat(valueOf(client, "LAR:PURIF:PUMP_B:SPEED_SET")).isEqualTo(Value.of(42.0));
      assertThat(valueOf(client, "LAR:SIM:TRUTH").display()).contains("F5");
      before = read(client, "LAR:CRYO:PRESSURE:ABSOLUTE").update();
      assertThat(before.severity()).isNotEqualTo(Severity.INVALID);
      ioc.kill();
      // Then every put that reached the device is written down, and no other
      assertThat(Files.readAllLines(puts))
          .extracting(line -> line.substring(line.indexOf(' ') + 1))
          .containsExactly("LAR:PURIF:PUMP_B:SPEED_SET 42.0", "LAR:PURIF:PUMP_B:SPEED_SET 400.0");
    }
    try (IocProcess ioc = IocProcess.start(directory, clock, "60");
        PvClient client = clientOf(ioc)) {
      // Then
      assertThat(valueOf(client, "LAR:PURIF:PUMP_B:SPEED_SET")).isEqualTo(Value.of(42.0));
      assertThat(valueOf(client, "LAR:SIM:TRUTH").display()).contains("F5");
      long endedAfterMs = ioc.terminate();
      assertThat(endedAfterMs).isBetween(0L, 2_000L);
      assertThat(ioc.exitCode()).isEqualTo(128 + 15);
    }
  }

  @Test
  void shouldEndWithItsParent() throws Exception {
    // Given
    Process parent = new ProcessBuilder("sleep", "60").start();
    try (IocProcess ioc =
        IocProcess.start(directory, "--parent-pid", Long.toString(parent.pid()))) {
      // When
      parent.destroyForcibly();
      // Then
      assertThat(ioc.endsWithin(4)).isTrue();
      assertThat(ioc.exitCode()).isZero();
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void shouldBeSeenToGoWhenItFreezesAndToComeBack() throws Exception {
    // Given
    try (IocProcess ioc = IocProcess.start(directory);
        PvClient client =
            PvClients.open(
                new PvClientSettings(
                    List.of(HostPort.loopback(ioc.searchPort())),
                    0,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    16,
                    1 << 20))) {
      LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
      client.subscribe("LAR:CRYO:PRESSURE:SET", hearing(heard));
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("connected");
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("snapshot");
      // When
      signal("-STOP", ioc);
      // Then
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("disconnected");
      signal("-CONT", ioc);
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("connected");
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("snapshot");
    }
  }

  private static void signal(String signal, IocProcess ioc) throws Exception {
    assertThat(new ProcessBuilder("kill", signal, Long.toString(ioc.pid())).start().waitFor())
        .isZero();
  }

  private static PvListener hearing(LinkedBlockingQueue<String> heard) {
    return new PvListener() {
      @Override
      public void onConnected(PvMetadata metadata) {
        heard.add("connected");
      }

      @Override
      public void onDisconnected() {
        heard.add("disconnected");
      }

      @Override
      public void onUpdate(PvUpdate update) {
        if (update.snapshot()) {
          heard.add("snapshot");
        }
      }
    };
  }
}
