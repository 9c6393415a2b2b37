package org.orrery.epics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.orrery.contract.value.Value;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;

/**
 * A server in a process of its own, which can be stopped as a hung host is: its connections stay,
 * and nothing answers. It serves T:TICK, which counts, and T:SET, which takes what is put.
 */
final class ServerProcess implements AutoCloseable {
  private static final long TICK_NS = 20_000_000;

  private final Process process;
  private final HostPort searchAddress;

  private ServerProcess(Process process, HostPort searchAddress) {
    this.process = process;
    this.searchAddress = searchAddress;
  }

  static ServerProcess start(Class<? extends PvRig.Adapter> adapter) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.net.preferIPv4Stack=true",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ServerProcess.class.getName(),
                adapter.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    while (line != null && !line.startsWith("search ")) {
      line = out.readLine();
    }
    assertThat(line).as("what the server process says").isNotNull();
    return new ServerProcess(
        process, HostPort.loopback(Integer.parseInt(line.substring("search ".length()))));
  }

  HostPort searchAddress() {
    return searchAddress;
  }

  /** Stops it where it stands. */
  void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** Lets it go on. */
  void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).as("kill " + signal).isZero();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** The process. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    PvRig.Adapter adapter =
        (PvRig.Adapter) Class.forName(arguments[0]).getDeclaredConstructor().newInstance();
    try (PvServer server = adapter.startServer(0, 0)) {
      ServedPv tick = PvRig.serveVolts(server, "T:TICK", 0);
      List<Value> taken = new CopyOnWriteArrayList<>();
      server.create(
          PvDefinition.writable("T:SET", PvRig.VOLTS, PvRig.accepting(taken)), PvRig.volts(0));
      System.out.println("search " + server.searchAddress().port());
      for (int n = 1; ; n++) {
        LockSupport.parkNanos(TICK_NS);
        tick.post(PvState.normal(Value.of(n), PvRig.T0_NS + n));
      }
    }
  }
}
