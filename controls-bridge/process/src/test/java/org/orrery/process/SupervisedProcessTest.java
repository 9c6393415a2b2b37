package org.orrery.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.process.SupervisedProcess.StopOutcome;

class SupervisedProcessTest {
  private static final String SERVE = "echo hello; echo serving; while :; do sleep 0.05; done";

  @TempDir Path directory;

  private ProcessSpec.Builder shell(String name, String script) {
    return ProcessSpec.builder(name, directory, List.of("/bin/sh", "-c", script))
        .ready(new ReadyCheck.OutputLine(Pattern.compile("^serving$")), Duration.ofSeconds(10))
        .restart(
            new RestartPolicy(
                Duration.ofMillis(20), Duration.ofMillis(50), 2, Duration.ofSeconds(60), 3));
  }

  private static void awaitReady(SupervisedProcess process) {
    assertThat(process.ready()).succeedsWithin(Duration.ofSeconds(10));
  }

  /** Session id, the fourth field behind the command name: proc(5). */
  private static long session(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3]);
  }

  @Test
  void shouldStartTellReadyLogAndStop() throws IOException {
    // Given
    List<ProcessState> states = new CopyOnWriteArrayList<>();
    SupervisedProcess process =
        SupervisedProcess.start(shell("plain", SERVE).build(), (name, state) -> states.add(state));

    // When
    awaitReady(process);
    long pid = process.handle().orElseThrow().pid();
    assertThat(directory.resolve("plain.pid")).exists();
    assertThat(session(pid)).as("Ctrl-C must not reach it").isEqualTo(pid);
    StopOutcome outcome = process.stop(Duration.ofSeconds(5));

    // Then
    assertThat(outcome).isEqualTo(StopOutcome.ENDED);
    assertThat(states)
        .containsExactly(
            new ProcessState.Starting(pid),
            new ProcessState.Running(pid, 0),
            new ProcessState.Stopping(),
            new ProcessState.Stopped());
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(directory.resolve("plain.pid")).doesNotExist();
    assertThat(Files.readString(directory.resolve("plain.log"))).isEqualTo("hello\nserving\n");
  }

  @Test
  void shouldStartAgainAfterAKill() {
    // Given
    try (SupervisedProcess process =
        SupervisedProcess.start(shell("phoenix", SERVE).build(), ProcessListener.none())) {
      awaitReady(process);
      long firstPid = process.handle().orElseThrow().pid();

      // When
      process.handle().orElseThrow().destroyForcibly();

      // Then
      await().atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(process.state())
                      .isInstanceOfSatisfying(
                          ProcessState.Running.class,
                          running -> {
                            assertThat(running.restarts()).isEqualTo(1);
                            assertThat(running.pid()).isNotEqualTo(firstPid);
                          }));
    }
  }

  @Test
  void shouldGiveUpAndSayWhy() {
    // Given
    ProcessSpec spec = shell("hopeless", "echo 'no such detector'; exit 7").build();

    // When
    SupervisedProcess process = SupervisedProcess.start(spec, ProcessListener.none());

    // Then
    assertThat(process.ready())
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .havingRootCause()
        .isInstanceOf(ProcessFailedException.class)
        .withMessage("hopeless: ended with exit code 7, last line: no such detector");
    assertThat(process.state()).isInstanceOf(ProcessState.Failed.class);
    assertThat(process.stop(Duration.ZERO)).isEqualTo(StopOutcome.ENDED);
  }

  @Test
  void shouldKillWhatIgnoresItsSignalsAtTheDeadline() {
    // Given
    SupervisedProcess process =
        SupervisedProcess.start(
            shell("stubborn", "trap '' TERM INT; " + SERVE).build(), ProcessListener.none());
    awaitReady(process);
    ProcessHandle child = process.handle().orElseThrow();
    long startNs = System.nanoTime();

    // When
    StopOutcome outcome = process.stop(Duration.ofMillis(200));

    // Then
    assertThat(outcome).isEqualTo(StopOutcome.KILLED);
    assertThat(child.isAlive()).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - startNs)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void shouldSendTheSignalsInTheirOrder() throws IOException {
    // Given
    Path heard = directory.resolve("heard");
    StopSequence sequence =
        new StopSequence(
            List.of(
                new StopSequence.Step(StopSequence.StopSignal.INT, Duration.ofMillis(300)),
                new StopSequence.Step(StopSequence.StopSignal.QUIT, Duration.ofSeconds(5))));
    String script =
        "trap 'echo INT >> heard' INT; trap 'echo QUIT >> heard; exit 0' QUIT; " + SERVE;
    SupervisedProcess process =
        SupervisedProcess.start(
            shell("polite", script).stop(sequence).build(), ProcessListener.none());
    awaitReady(process);

    // When
    StopOutcome outcome = process.stop(Duration.ofSeconds(10));

    // Then
    assertThat(outcome).isEqualTo(StopOutcome.ENDED);
    assertThat(Files.readAllLines(heard)).containsExactly("INT", "QUIT");
  }

  @Test
  void shouldKeepASecondSupervisorOut() {
    // Given
    ProcessSpec spec = shell("single", SERVE).build();
    try (SupervisedProcess first = SupervisedProcess.start(spec, ProcessListener.none())) {
      awaitReady(first);

      // When
      SupervisedProcess second = SupervisedProcess.start(spec, ProcessListener.none());

      // Then
      assertThatThrownBy(() -> second.ready().get(10, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(ProcessFailedException.class)
          .hasMessageContaining("supervised by another running Orrery");
      assertThat(first.handle()).isPresent();
    }
  }

  @Test
  void shouldEndTheOrphanOfAKilledParentWithOrWithoutItsPidFile() throws Exception {
    for (boolean withPidFile : new boolean[] {true, false}) {
      // Given
      Process parent = OrphanMaker.start(directory, SERVE);
      await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(directory.resolve("orphan.ready")));
      long orphanPid = Long.parseLong(Files.readString(directory.resolve("orphan.ready")));
      parent.destroyForcibly().waitFor();
      Files.delete(directory.resolve("orphan.ready"));
      ProcessHandle orphan = ProcessHandle.of(orphanPid).orElseThrow();
      assertThat(orphan.isAlive()).isTrue();
      if (!withPidFile) {
        Files.delete(directory.resolve("orphan.pid"));
      }

      // When
      try (SupervisedProcess next =
          SupervisedProcess.start(shell("orphan", SERVE).build(), ProcessListener.none())) {
        awaitReady(next);

        // Then
        assertThat(orphan.isAlive()).isFalse();
        assertThat(next.handle().orElseThrow().pid()).isNotEqualTo(orphanPid);
      }
    }
  }

  @Test
  void shouldNotTouchAForeignProcessThatGotTheOldPid() throws Exception {
    // Given
    Process foreign = new ProcessBuilder("/bin/sleep", "60").start();
    try {
      Files.writeString(directory.resolve("reused.pid"), foreign.pid() + "\nan older boot:42\n");

      // When
      try (SupervisedProcess process =
          SupervisedProcess.start(shell("reused", SERVE).build(), ProcessListener.none())) {
        awaitReady(process);
      }

      // Then
      assertThat(foreign.isAlive()).isTrue();
    } finally {
      foreign.destroyForcibly();
    }
  }

  @Test
  void shouldBoundTheLogAndNeverBlockTheChild() throws IOException {
    // Given
    String chatter =
        "i=0; while [ $i -lt 3000 ]; do echo \"line $i of much talk\"; i=$((i+1)); done; ";
    ProcessSpec spec =
        shell("chatty", chatter + SERVE).log(directory.resolve("chatty.log"), 16_384).build();

    // When
    try (SupervisedProcess process = SupervisedProcess.start(spec, ProcessListener.none())) {
      awaitReady(process);
    }

    // Then
    long bytes =
        Files.size(directory.resolve("chatty.log")) + Files.size(directory.resolve("chatty.log.1"));
    assertThat(bytes).isLessThanOrEqualTo(16_384 + 8192).isGreaterThan(4096);
    assertThat(Files.readString(directory.resolve("chatty.log"))).contains("line 2999");
  }

  @Test
  void shouldHandOverOnlyTheEnvironmentThatIsMeant() throws IOException {
    // Given
    ProcessSpec spec =
        shell("env", "env > seen; " + SERVE).environment("A_SECRET", "hush-hush").build();

    // When
    try (SupervisedProcess process = SupervisedProcess.start(spec, ProcessListener.none())) {
      awaitReady(process);
    }

    // Then
    assertThat(Files.readString(directory.resolve("seen")))
        .contains("A_SECRET=hush-hush")
        .doesNotContain("JAVA_HOME");
    assertThat(spec.toString()).contains("A_SECRET").doesNotContain("hush-hush");
  }

  @Test
  void shouldBeReadyWhenThePortAccepts() throws IOException {
    // Given
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      ProcessSpec spec =
          shell("port", SERVE)
              .ready(
                  new ReadyCheck.TcpPort("127.0.0.1", server.getLocalPort()), Duration.ofSeconds(5))
              .build();

      // When
      try (SupervisedProcess process = SupervisedProcess.start(spec, ProcessListener.none())) {

        // Then
        awaitReady(process);
      }
    }
  }
}
