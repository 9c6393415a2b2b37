package org.orrery.bus.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.Bus;
import org.orrery.bus.Endpoints;
import org.orrery.bus.Nothing;
import org.orrery.bus.Topics;
import org.orrery.bus.clock.SystemWallClock;
import org.orrery.contract.Bytes;
import org.orrery.contract.command.Command;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.SignedCommand;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.health.ProcessAway;
import org.orrery.contract.health.RoomHealth;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.value.Value;
import org.orrery.process.LoopbackPorts;

/** Two or three members of one cluster, each with an event bus of its own, over real sockets. */
class ClusterBusTest {
  private static final SystemWallClock WALL = new SystemWallClock();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final List<Vertx> started = new ArrayList<>();
  private final List<String> ended = new CopyOnWriteArrayList<>();
  private List<Integer> ports = List.of();
  private ClusterKeys keys;

  @BeforeEach
  void prepare() throws IOException {
    ports = LoopbackPorts.choose(directory.resolve("ports"), 3);
    keys = ClusterKeys.own(directory);
  }

  @AfterEach
  void stop() {
    started.forEach(vertx -> get(vertx.close()));
  }

  private ClusterBus join(int slot, String role, String version) {
    return join(slot, role, version, keys);
  }

  private ClusterBus join(int slot, String role, String version, ClusterKeys with) {
    Vertx vertx = start(slot, with);
    return get(ClusterBus.join(vertx, identity(slot, role, version), WALL, ended::add));
  }

  private Vertx start(int slot, ClusterKeys with) {
    ClusterConfig config =
        new ClusterConfig(
            "orrery-test",
            "127.0.0.1",
            ports.get(slot),
            ports.stream().map(port -> "127.0.0.1:" + port).toList(),
            with);
    Vertx vertx = get(ClusteredVertx.start(config, new VertxOptions()));
    started.add(vertx);
    return vertx;
  }

  private static Identity identity(int slot, String role, String version) {
    return new Identity(
        "id-" + slot,
        Set.of(role),
        version,
        ClusterBus.shape(),
        "lar",
        Map.of("modes", "1"),
        WALL.nowNs());
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e);
    } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldCarryRequestsAndStatesBothWays() {
    // Given
    WritingState stopped = new WritingState(true, "vera", "smoke", 7, List.of());
    ClusterBus gateway = join(0, "gateway", "1");
    gateway.serve(Endpoints.GATE_WRITING_STATE, q -> Future.succeededFuture(stopped));
    gateway.serve(
        Endpoints.GATE_OUTCOME,
        id ->
            Future.succeededFuture(
                Optional.of(new CommandOutcome.Unknown(id, 5, "no answer yet"))));
    gateway.publish(Topics.WRITING_STATE, stopped);

    // When
    ClusterBus supervision = join(1, "supervision", "1");
    List<WritingState> heard = new CopyOnWriteArrayList<>();
    supervision.subscribe(Topics.WRITING_STATE, heard::add);
    List<WritingState> ownOnly = new CopyOnWriteArrayList<>();
    supervision.own().subscribe(Topics.WRITING_STATE, ownOnly::add);

    // Then it is answered, and what is said now is heard
    assertThat(get(supervision.request(Endpoints.GATE_WRITING_STATE, Nothing.NOTHING)))
        .isEqualTo(stopped);
    assertThat(get(supervision.request(Endpoints.GATE_OUTCOME, new CommandId("c-1"))))
        .contains(new CommandOutcome.Unknown(new CommandId("c-1"), 5, "no answer yet"));
    WritingState released = new WritingState(false, "", "", 8, List.of());
    gateway.publish(Topics.WRITING_STATE, released);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard).endsWith(released));
    assertThat(ownOnly).isEmpty();

    // Then whoever nobody serves is told so
    assertThatThrownBy(() -> get(supervision.request(Endpoints.OPERATIONS_STATE, Nothing.NOTHING)))
        .isInstanceOf(Bus.UnavailableException.class)
        .hasMessageContaining("nobody serves operations.state.get");
  }

  @Test
  void shouldTellWhoeverJoinsWhatWasSaidBefore() {
    // Given
    ClusterBus gateway = join(0, "gateway", "1");
    RoomHealth up = new RoomHealth("gateway", RoomHealth.Status.UP, "", 3);
    List<RoomHealth> heard = new CopyOnWriteArrayList<>();
    gateway.publish(Topics.ROOM_HEALTH, up);

    // When
    ClusterConfig config =
        new ClusterConfig(
            "orrery-test", "127.0.0.1", ports.get(1), List.of("127.0.0.1:" + ports.get(0)), keys);
    Vertx vertx = get(ClusteredVertx.start(config, new VertxOptions()));
    started.add(vertx);
    Future<ClusterBus> joining =
        ClusterBus.join(vertx, identity(1, "server", "1"), WALL, ended::add);
    // A room that listens only after that asks for what it missed, so here the bus itself is heard.
    vertx.eventBus().<RoomHealth>localConsumer("room-health", m -> heard.add(m.body()));
    get(joining);

    // Then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard).contains(up));
  }

  /** Who stops by file speaks for a gateway that it cannot reach, and must not outlive its word. */
  @Test
  void shouldNotSayAgainWhatItToldForAnother() {
    // Given
    WritingState stopped = new WritingState(true, "vera", "smoke", 7, List.of());
    WritingState released = new WritingState(false, "", "", 8, List.of());
    ClusterBus server = join(0, "server", "1");
    ClusterBus supervision = join(1, "supervision", "1");
    List<WritingState> inServer = new CopyOnWriteArrayList<>();
    List<WritingState> inSupervision = new CopyOnWriteArrayList<>();
    server.subscribe(Topics.WRITING_STATE, inServer::add);
    supervision.subscribe(Topics.WRITING_STATE, inSupervision::add);

    // When
    server.tellOnce(Topics.WRITING_STATE, stopped);

    // Then whoever is there hears it
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(inServer).containsExactly(stopped));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(inSupervision).containsExactly(stopped));

    // When the gateway comes, which has released it meanwhile
    Vertx vertx = start(2, keys);
    Future<ClusterBus> joining =
        ClusterBus.join(vertx, identity(2, "gateway", "1"), WALL, ended::add);
    // What is said again comes while it joins, before any room listens.
    List<WritingState> inGateway = new CopyOnWriteArrayList<>();
    vertx
        .eventBus()
        .<WritingState>localConsumer(Topics.WRITING_STATE.address(), m -> inGateway.add(m.body()));
    ClusterBus gateway = get(joining);
    RoomHealth up = new RoomHealth("server", RoomHealth.Status.UP, "", 9);
    List<RoomHealth> after = new CopyOnWriteArrayList<>();
    gateway.subscribe(Topics.ROOM_HEALTH, after::add);
    gateway.publish(Topics.WRITING_STATE, released);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(inServer).endsWith(released));
    // What was to be said again would have come before this.
    server.publish(Topics.ROOM_HEALTH, up);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(after).contains(up));

    // Then nobody tells it that writing is stopped
    assertThat(inGateway).containsExactly(released);
    assertThat(inSupervision).doesNotHaveDuplicates();
  }

  @Test
  void shouldTellWhichRolesAreAwayAndThatTheyAreBack() {
    // Given
    ClusterBus gateway = join(0, "gateway", "1");
    ClusterBus server = join(1, "server", "1");
    List<RoomHealth> heard = new CopyOnWriteArrayList<>();
    server.subscribe(Topics.ROOM_HEALTH, heard::add);
    RoomHealth up = new RoomHealth("gateway", RoomHealth.Status.UP, "", 3);
    gateway.publish(Topics.ROOM_HEALTH, up);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard).contains(up));

    // When
    get(started.removeFirst().close());

    // Then
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(heard.getLast())
                    .satisfies(
                        last -> {
                          assertThat(last.status()).isEqualTo(RoomHealth.Status.DOWN);
                          assertThat(last.room()).isEqualTo("gateway");
                          assertThat(last.detail()).contains("--roles gateway");
                        }));
  }

  /** A write is waited for as long as a minute; that its gate is gone is known much sooner. */
  @Test
  void shouldFailARequestAsSoonAsWhoWasAskedIsGone() throws Exception {
    // Given a gate that never answers
    ClusterBus gateway = join(0, "gateway", "1");
    List<SignedCommand> asked = new CopyOnWriteArrayList<>();
    gateway.serve(
        Endpoints.GATE_EXECUTE,
        signed -> {
          asked.add(signed);
          return Promise.<CommandOutcome>promise().future();
        });
    ClusterBus supervision = join(1, "supervision", "1");
    List<ProcessAway> away = new CopyOnWriteArrayList<>();
    supervision.subscribe(Topics.PROCESS_AWAY, away::add);
    Context context = started.getLast().getOrCreateContext();
    CompletableFuture<String> failure = new CompletableFuture<>();
    context.runOnContext(
        ignored ->
            supervision
                .request(Endpoints.GATE_EXECUTE, command())
                .onComplete(
                    done ->
                        failure.complete(
                            (Vertx.currentContext() == context ? "here: " : "elsewhere: ")
                                + (done.failed() ? done.cause().getMessage() : "answered"))));
    await().atMost(PATIENCE).until(() -> !asked.isEmpty());

    // When
    get(started.removeFirst().close());

    // Then it fails for that reason and not because its time is up, where it was asked
    assertThat(failure.get(120, TimeUnit.SECONDS))
        .startsWith("here: gateway.execute did not answer: its process is away")
        .contains("--roles gateway");
    assertThat(away)
        .singleElement()
        .satisfies(gone -> assertThat(gone.rooms()).containsExactly("gateway"));
    assertThat(asked).as("nothing is sent again").hasSize(1);
  }

  private static SignedCommand command() {
    return new SignedCommand(
        new Command(
            new CommandId("c-1"),
            new ProposalId("p-1"),
            Bytes.of(new byte[] {1}),
            0,
            new ChannelId("pump.speed"),
            Value.of(5.0),
            "Hz",
            List.of(),
            1,
            2,
            3,
            "orrery",
            List.of("anna")),
        Bytes.of(new byte[64]));
  }

  @Test
  void shouldRefuseToWorkWithAnotherVersion() {
    // Given
    ClusterBus gateway = join(0, "gateway", "1");
    gateway.serve(
        Endpoints.GATE_WRITING_STATE,
        q -> Future.succeededFuture(new WritingState(false, "", "", 0, List.of())));

    // When, Then
    assertThatThrownBy(() -> join(1, "supervision", "2"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("bring both to the same version");
  }

  @Test
  void shouldRefuseARoleThatRunsAlready() {
    // Given
    join(0, "gateway", "1");

    // When, Then
    assertThatThrownBy(() -> join(1, "gateway", "1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another process runs gateway already");
    assertThat(ended).isEmpty();
  }

  @Test
  void shouldHearNobodyWithoutACertificateThatIsTrusted() throws Exception {
    // Given
    ClusterBus gateway = join(0, "gateway", "1");
    gateway.serve(
        Endpoints.GATE_WRITING_STATE,
        q -> Future.succeededFuture(new WritingState(false, "", "", 0, List.of())));

    // When somebody joins the membership with a key of their own
    ClusterKeys foreign = ClusterKeys.own(Files.createDirectory(directory.resolve("foreign")));
    ClusterBus intruder = join(1, "supervision", "1", foreign);

    // Then no message comes through
    assertThatThrownBy(() -> get(intruder.request(Endpoints.GATE_WRITING_STATE, Nothing.NOTHING)))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void shouldListenOnLoopbackOnly() throws Exception {
    // Given
    join(0, "gateway", "1");
    String outside =
        java.util.Collections.list(java.net.NetworkInterface.getNetworkInterfaces()).stream()
            .flatMap(card -> card.inetAddresses())
            .filter(address -> address instanceof java.net.Inet4Address)
            .filter(address -> !address.isLoopbackAddress())
            .map(java.net.InetAddress::getHostAddress)
            .findFirst()
            .orElse("127.0.0.2");

    // When, Then
    new Socket("127.0.0.1", ports.get(0)).close();
    assertThatThrownBy(() -> new Socket(outside, ports.get(0)).close())
        .isInstanceOf(IOException.class);
  }
}
