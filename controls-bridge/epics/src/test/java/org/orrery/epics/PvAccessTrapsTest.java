package org.orrery.epics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.epics.pvaccess.client.impl.remote.ClientContextImpl;
import org.epics.pvaccess.client.impl.remote.search.SearchInstance;
import org.epics.pvaccess.client.impl.remote.search.SimpleChannelSearchManagerImpl;
import org.epics.pvaccess.impl.remote.Transport;
import org.epics.pvaccess.impl.remote.TransportRegistry;
import org.epics.pvaccess.impl.remote.codec.impl.BlockingSocketAbstractCodec;
import org.epics.pvaccess.impl.remote.utils.GUID;
import org.epics.pvaccess.server.impl.remote.ServerContextImpl;
import org.junit.jupiter.api.Test;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.DoubleArrayValue;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.client.GetReply;
import org.orrery.epics.client.PutReply;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.client.PvClientSettings;
import org.orrery.epics.client.PvClients;
import org.orrery.epics.client.PvSubscription;
import org.orrery.epics.pvaccess.PvAccessClient;
import org.orrery.epics.server.PutDecision;
import org.orrery.epics.server.PutHandler;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvServerSettings;
import org.orrery.epics.server.PvServers;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;
import org.slf4j.LoggerFactory;

/**
 * One test for each trap of epics-pvaccess 5.1.10, by its number in {@code
 * docs/guides/epics-clients.md}; each fails when the adapter's remedy is taken out. P7 is held by
 * CorePvaTrapsTest, whose client asks for what the trap is about.
 */
class PvAccessTrapsTest extends PvRig {
  PvAccessTrapsTest() {
    super(new PvAccessAdapter());
  }

  @Test
  void p1ShouldNotWriteAgainAfterAReconnection() throws Exception {
    // Given
    PvServer first = server();
    List<Value> takenByFirst = new CopyOnWriteArrayList<>();
    PutHandler silent =
        value -> {
          takenByFirst.add(value);
          return new CompletableFuture<>();
        };
    first.create(PvDefinition.writable("T:P1", VOLTS, silent), volts(0));
    PvClient client = connected(client(first), "T:P1");
    var unused = client.put("T:P1", Value.of(-5.0), 120 * SECOND_NS);
    Listening.until("the write at the device", () -> takenByFirst.size() == 1);
    // When
    first.close();
    List<Value> takenBySecond = new CopyOnWriteArrayList<>();
    PvServer second =
        closing(adapter.startServer(first.serverAddress().port(), first.searchAddress().port()));
    second.create(PvDefinition.writable("T:P1", VOLTS, accepting(takenBySecond)), volts(0));
    Listening again = new Listening();
    client.subscribe("T:P1", again);
    again.awaitUpdates(1);
    PutReply next = client.put("T:P1", Value.of(-6.0), 30 * SECOND_NS).get();
    // Then
    assertThat(next).isEqualTo(new PutReply.Completed());
    assertThat(takenBySecond).containsExactly(Value.of(-6.0));
  }

  @Test
  void p2ShouldEndAPutThatIsInFlightAtADisconnection() throws Exception {
    // Given
    PvServer server = server();
    server.create(
        PvDefinition.writable("T:P2", VOLTS, value -> new CompletableFuture<>()), volts(0));
    PvClient client = connected(client(server), "T:P2");
    CompletableFuture<PutReply> open = client.put("T:P2", Value.of(1.0), 600 * SECOND_NS);
    Listening.until("the put at the server", () -> server.statistics().puts() == 1);
    // When
    server.close();
    // Then
    assertThat(open.get(60, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            PutReply.NoAnswer.class, none -> assertThat(none.mayHaveBeenWritten()).isTrue());
  }

  @Test
  void p3ShouldSayWhatToSetOrWorkWhereTheJvmPrefersIpv6() throws Exception {
    // Given: networking is initialised before the library is, which then cannot change the stack
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-Djava.net.preferIPv6Addresses=true",
                "-cp",
                System.getProperty("java.class.path"),
                PreferringIpv6.class.getName())
            .redirectErrorStream(true)
            .start();
    // When
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    // Then
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said).containsAnyOf("works", "start the JVM with -Djava.net.preferIPv4Stack=true");
  }

  /** The process of the test above. */
  static final class PreferringIpv6 {
    private PreferringIpv6() {}

    public static void main(String[] arguments) throws Exception {
      try (ServerSocket early = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        try (PvServer server = PvServers.start(PvServerSettings.loopback(0, 0));
            PvClient client = PvClients.open(PvClientSettings.of(server.searchAddress()))) {
          serveVolts(server, "T:P3", early.getLocalPort());
          GetReply reply = client.get("T:P3", 30 * SECOND_NS).get();
          System.out.println(reply instanceof GetReply.Got ? "works" : reply);
        }
      } catch (EpicsException cannot) {
        System.out.println(cannot.getMessage());
      }
    }
  }

  /**
   * The same failure, on any machine: without IPv6 in the JVM the process above just works. Here
   * the socket cannot be bound because its port is taken by one that does not share it.
   */
  @Test
  void p3ShouldSayWhatToSetWhereItsSocketCannotBeBound() throws Exception {
    // Given
    try (DatagramSocket taken = new DatagramSocket(0)) {
      PvClientSettings settings =
          new PvClientSettings(
              List.of(HostPort.loopback(9)),
              taken.getLocalPort(),
              Duration.ofSeconds(5),
              Duration.ofSeconds(1),
              16,
              1 << 20);
      // When / Then
      assertThatThrownBy(() -> PvClients.open(settings))
          .isInstanceOf(EpicsException.class)
          .hasMessageContaining("start the JVM with -Djava.net.preferIPv4Stack=true")
          .hasMessageContaining("beacon port that is free: " + taken.getLocalPort());
    }
  }

  @Test
  void p4ShouldTellOfAServerWhoseNameDoesNotResolveAndFindTheOthers() throws Exception {
    // Given
    PvServer server = server();
    serveVolts(server, "T:P4", 4);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    ((Logger) LoggerFactory.getLogger(PvClients.class)).addAppender(log);
    PvClient client =
        closing(
            adapter.openClient(new HostPort("no-such-host.invalid", 5076), server.searchAddress()));
    // When
    GetReply reply = client.get("T:P4", 60 * SECOND_NS).get();
    // Then
    assertThat(reply).isInstanceOf(GetReply.Got.class);
    assertThat(log.list)
        .anyMatch(line -> line.getFormattedMessage().contains("no-such-host.invalid:5076"));
  }

  @Test
  void p5ShouldLetGoOfChannelsAndRequestsThatNobodyUses() throws Exception {
    // Given: one PV stays, so that the connection does
    PvServer server = server();
    PvClient client = bare(server);
    Listening kept = new Listening();
    serveVolts(server, "T:P5", 0);
    client.subscribe("T:P5", kept);
    List<PvSubscription> subscriptions = new ArrayList<>();
    Listening listening = new Listening();
    for (int i = 0; i < 200; i++) {
      serveVolts(server, "T:P5:" + i, i);
      subscriptions.add(client.subscribe("T:P5:" + i, listening));
    }
    kept.awaitUpdates(1);
    listening.awaitUpdates(200);
    assertThat(heldBy(client, "channelsByCID")).isEqualTo(201);
    // When
    subscriptions.forEach(PvSubscription::close);
    List<CompletableFuture<GetReply>> replies = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      replies.add(client.get("T:P5", 60 * SECOND_NS));
      replies.add(client.get("T:P5:" + i, 60 * SECOND_NS));
    }
    for (CompletableFuture<GetReply> reply : replies) {
      assertThat(reply.get()).isInstanceOf(GetReply.Got.class);
    }
    // Then
    Listening.until("one channel to be held", () -> heldBy(client, "channelsByCID") == 1);
    Listening.until("one request", () -> heldBy(client, "pendingResponseRequests") == 1);
  }

  /** The adapter itself, without what sends each PV to the client of its protocol. */
  private PvClient bare(PvServer server) {
    return closing(PvAccessClient.open(PvClientSettings.of(server.searchAddress())));
  }

  /** How many things the library keeps in a map of strong references. */
  private static int heldBy(PvClient client, String map) {
    return ((Map<?, ?>) field(ClientContextImpl.class, map, contextOf(client))).size();
  }

  private static ClientContextImpl contextOf(PvClient client) {
    return (ClientContextImpl) field(client.getClass(), "context", client);
  }

  private static Object field(Class<?> type, String name, Object of) {
    try {
      Field field = type.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(of);
    } catch (ReflectiveOperationException changed) {
      throw new LinkageError("the library or the adapter has changed", changed);
    }
  }

  @Test
  void p6ShouldCountWhatWasMergedAndKeepAlarmEdges() throws Exception {
    // Given
    PvServer server = server();
    ServedPv wave =
        server.create(
            PvDefinition.readOnly("T:P6", plain(ValueKind.DOUBLE_ARRAY)),
            PvState.normal(DoubleArrayValue.of(new double[5_000]), T0_NS));
    CountDownLatch goOn = new CountDownLatch(1);
    Listening heard = new Listening();
    PvClient client = client(server);
    client.subscribe(
        "T:P6",
        new ForwardingListener(heard) {
          @Override
          public void onUpdate(PvUpdate update) {
            try {
              goOn.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            super.onUpdate(update);
          }
        });
    Listening.until("a subscription", () -> server.statistics().subscriptions() == 1);
    // When: one edge amid far more than a queue and the sockets hold
    for (int i = 1; i <= 1_000; i++) {
      Severity severity = i >= 500 && i < 502 ? Severity.MAJOR : Severity.NONE;
      wave.post(DoubleArrayValue.of(new double[5_000]), severity, "", T0_NS + i);
    }
    goOn.countDown();
    heard.awaitUpdate("the last update", update -> update.timeNs() == T0_NS + 1_000);
    // Then
    assertThat(server.statistics().merged()).isPositive();
    assertThat(client.statistics().overruns()).isPositive();
    assertThat(heard.updates())
        .anyMatch(update -> update.lostBefore() > 0)
        .anyMatch(update -> update.severity() == Severity.MAJOR && update.timeNs() == T0_NS + 500)
        .anyMatch(update -> update.severity() == Severity.NONE && update.timeNs() == T0_NS + 502);
  }

  @Test
  void p8ShouldGoOnSearchingAfterASpuriousWakeUp() throws Exception {
    // Given: the library's search thread, which ends when it is woken with nothing to search for
    PvServer server = server();
    serveVolts(server, "T:P8", 8);
    Set<Thread> before = searchThreads();
    PvClient client = bare(server);
    Set<Thread> ours = searchThreads();
    ours.removeAll(before);
    Thread thread = ours.stream().findFirst().orElseThrow();
    List<?> waiting = searchedForByLibrary(client);
    Listening.until("it to wait", () -> thread.getState() == Thread.State.WAITING);
    synchronized (waiting) {
      waiting.notifyAll();
    }
    thread.join(TimeUnit.SECONDS.toMillis(60));
    assertThat(thread.isAlive()).isFalse();
    // When
    GetReply reply = client.get("T:P8", 60 * SECOND_NS).get();
    // Then: what waited for that thread would wait for ever
    assertThat(reply).isInstanceOf(GetReply.Got.class);
    assertThat(waiting).isEmpty();
  }

  @Test
  void p8ShouldGoOnSearchingAfterAnException() throws Exception {
    // Given
    PvServer server = server();
    serveVolts(server, "T:P8", 8);
    PvClient client = bare(server);
    CountDownLatch thrown = new CountDownLatch(1);
    contextOf(client).getChannelSearchManager().register(new BrokenOnce(thrown));
    assertThat(thrown.await(60, TimeUnit.SECONDS)).isTrue();
    // When
    GetReply reply = client.get("T:P8", 30 * SECOND_NS).get();
    // Then
    assertThat(reply).isInstanceOf(GetReply.Got.class);
  }

  /** Throws in the search thread, the first time that it is searched for. */
  private static final class BrokenOnce implements SearchInstance {
    private final AtomicInteger userValue = new AtomicInteger(1);
    private final AtomicBoolean broken = new AtomicBoolean();
    private final CountDownLatch thrown;

    BrokenOnce(CountDownLatch thrown) {
      this.thrown = thrown;
    }

    @Override
    public int getChannelID() {
      return Integer.MAX_VALUE;
    }

    @Override
    public String getChannelName() {
      if (broken.compareAndSet(false, true)) {
        thrown.countDown();
        throw new IllegalStateException("broken on purpose");
      }
      return "T:NOBODY";
    }

    @Override
    public AtomicInteger getUserValue() {
      return userValue;
    }

    @Override
    public void searchResponse(GUID guid, byte revision, InetSocketAddress server) {
      throw new AssertionError("nobody serves it");
    }
  }

  @Test
  void p9ShouldMakeNoChannelWaitForTheLibrarysSleepingThread() throws Exception {
    // Given
    PvServer server = server();
    int pvs = 200;
    for (int i = 0; i < pvs; i++) {
      serveVolts(server, "T:P9:" + i, i);
    }
    PvClient client = bare(server);
    Listening listening = new Listening();
    // When: the library's thread sleeps with this lock held, after each channel that it is given
    synchronized (searchedForByLibrary(client)) {
      CompletableFuture.runAsync(
              () -> IntStream.range(0, pvs).forEach(i -> client.subscribe("T:P9:" + i, listening)))
          .get(30, TimeUnit.SECONDS);
      listening.awaitUpdates(pvs);
    }
    // Then
    assertThat(client.statistics().connected()).isEqualTo(pvs);
  }

  @Test
  void p12ShouldNotWriteAgainWhenAClientIsKilledRightAfterItsPut() throws Exception {
    // Given: a client that does not come to read the answer to its put
    PvServer server = server();
    CompletableFuture<ServedPv> served = new CompletableFuture<>();
    List<Value> taken = new CopyOnWriteArrayList<>();
    PutHandler telling =
        value -> {
          taken.add(value);
          served.join().post(PvState.normal(value, T0_NS + 1));
          return CompletableFuture.completedStage(new PutDecision.Accepted());
        };
    served.complete(server.create(PvDefinition.writable("T:P12", VOLTS, telling), volts(0)));
    PvClient client = bare(server);
    CountDownLatch goOn = new CountDownLatch(1);
    try {
      Listening listening = new Listening();
      client.subscribe("T:P12", holding(listening, Value.of(5.0), goOn));
      listening.awaitUpdates(1);
      var unused = client.put("T:P12", Value.of(5.0), 600 * SECOND_NS);
      listening.awaitUpdates(2);
      TimeUnit.SECONDS.sleep(1); // the answer leaves meanwhile, which nothing tells
      // When: its connection is reset, as by a kill
      reset(contextOf(client).getTransportRegistry());
      // Then
      Listening.until("its end at the server", () -> server.statistics().subscriptions() == 0);
      assertThat(taken).containsExactly(Value.of(5.0));
    } finally {
      goOn.countDown();
    }
  }

  /** Does not return from an update with this value. */
  private static ForwardingListener holding(Listening to, Value value, CountDownLatch goOn) {
    return new ForwardingListener(to) {
      @Override
      public void onUpdate(PvUpdate update) {
        super.onUpdate(update);
        if (update.value().equals(value)) {
          await(goOn);
        }
      }
    };
  }

  @Test
  void p12ShouldNotHearAnUpdateAgainWhenAServerIsKilledRightAfterIt() throws Exception {
    // Given
    PvServer server = server();
    ServedPv pv = serveVolts(server, "T:P12", 0);
    List<String> heard = new CopyOnWriteArrayList<>();
    Listening listening = new Listening();
    ForwardingListener noting =
        new ForwardingListener(listening) {
          @Override
          public void onUpdate(PvUpdate update) {
            heard.add(update.value().display());
            super.onUpdate(update);
          }

          @Override
          public void onDisconnected() {
            heard.add("disconnected");
            super.onDisconnected();
          }
        };
    bare(server).subscribe("T:P12", noting);
    listening.awaitUpdates(1);
    pv.post(volts(5));
    listening.awaitUpdates(2);
    // When
    ServerContextImpl context = (ServerContextImpl) field(server.getClass(), "context", server);
    reset(context.getTransportRegistry());
    Listening.until("the disconnection", () -> listening.disconnections() > 0);
    // Then
    assertThat(heard).startsWith("0.0", "5.0", "disconnected");
  }

  /** The library's end of all channels and that of one take two locks in two orders. */
  @Test
  void p13ShouldLeaveChannelsToTheirOwnEndHoweverLateItComes() throws Exception {
    // Given a worker that is late
    PvServer server = server();
    serveVolts(server, "T:P13", 13);
    PvClient client = PvAccessClient.open(PvClientSettings.of(server.searchAddress()));
    Listening listening = new Listening();
    client.subscribe("T:P13", listening);
    listening.awaitUpdates(1);
    Object channels = field(ClientContextImpl.class, "channelsByCID", contextOf(client));
    CountDownLatch goOn = new CountDownLatch(1);
    ((Executor) field(client.getClass(), "worker", client)).execute(() -> await(goOn));
    // When
    client.close();
    boolean left = !((Map<?, ?>) channels).isEmpty();
    goOn.countDown();
    // Then
    assertThat(left).as("the library has not begun to end it").isTrue();
    Listening.until("the end of the channel", ((Map<?, ?>) channels)::isEmpty);
    Listening.until("the end at the server", () -> server.statistics().subscriptions() == 0);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends connections as the death of the process at this end does. */
  private static void reset(TransportRegistry connections) throws IOException {
    for (Transport transport : connections.toArray()) {
      SocketChannel socket =
          (SocketChannel) field(BlockingSocketAbstractCodec.class, "channel", transport);
      socket.setOption(StandardSocketOptions.SO_LINGER, 0);
      socket.close();
    }
  }

  private static Set<Thread> searchThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("pvAccess immediate-search"))
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** The channels that the library's own search thread has yet to search for; also its lock. */
  private static List<?> searchedForByLibrary(PvClient client) {
    Object manager = field(ClientContextImpl.class, "channelSearchManager", contextOf(client));
    return (List<?>) field(SimpleChannelSearchManagerImpl.class, "immediateSearch", manager);
  }
}
