package org.orrery.epics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.epics.pva.PVASettings;
import org.epics.pva.client.PVAChannel;
import org.epics.pva.client.PVAClient;
import org.epics.pva.data.nt.PVAAlarm.AlarmSeverity;
import org.epics.pva.server.ServerPV;
import org.epics.pvaccess.impl.remote.Transport;
import org.epics.pvaccess.server.impl.remote.ServerContextImpl;
import org.epics.pvaccess.server.impl.remote.tcp.BlockingServerTCPTransport;
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
import org.orrery.epics.client.PvaOptions;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;
import org.slf4j.LoggerFactory;

/**
 * One test for each trap of core-pva 5.0.5, by its number in {@code docs/guides/epics-clients.md};
 * each fails when the adapter's remedy is taken out. C1, C2 and C3 are faults of core-pva's server,
 * which stands here for a foreign one.
 */
class CorePvaTrapsTest extends PvRig {
  CorePvaTrapsTest() {
    super(new CorePvaAdapter());
  }

  private PvClient clientOf(RawCorePvaServer server) {
    return closing(adapter.openClient(server.searchAddress()));
  }

  @Test
  void c1ShouldFindTheAlarmThatAServerLostWhenItMergedUpdates() throws Exception {
    // Given
    RawCorePvaServer server = closing(RawCorePvaServer.start());
    PvClient client = clientOf(server);
    int pvs = 200;
    List<ServerPV> served = new ArrayList<>();
    List<Listening> heard = new ArrayList<>();
    for (int i = 0; i < pvs; i++) {
      served.add(server.volts("T:C1:" + i));
      heard.add(new Listening());
      client.subscribe("T:C1:" + i, heard.get(i));
    }
    heard.forEach(each -> each.awaitUpdates(1));
    // When
    for (ServerPV pv : served) {
      for (int n = 1; n <= 20; n++) {
        pv.update(RawCorePvaServer.state(n, AlarmSeverity.NO_ALARM, n));
      }
      pv.update(RawCorePvaServer.state(21, AlarmSeverity.MAJOR, 21));
      pv.update(RawCorePvaServer.state(22, AlarmSeverity.MAJOR, 22));
    }
    // Then
    for (Listening each : heard) {
      Listening.until(
          "the alarm",
          () ->
              each.updates().getLast().severity() == Severity.MAJOR
                  && each.updates().getLast().value().equals(Value.of(22.0)));
    }
  }

  @Test
  void c1ShouldFindAndKeepTheAlarmThatWasLostThoughThePvNeverPauses() throws Exception {
    // Given
    RawCorePvaServer server = closing(RawCorePvaServer.start());
    ServerPV pv = server.volts("T:C1");
    Listening heard = new Listening();
    clientOf(server).subscribe("T:C1", heard);
    heard.awaitUpdates(1);
    int n = 0;
    do {
      for (int end = n + 20; n < end; ) {
        pv.update(RawCorePvaServer.state(++n, AlarmSeverity.NO_ALARM, n));
      }
      pv.update(RawCorePvaServer.state(++n, AlarmSeverity.MAJOR, n));
      pv.update(RawCorePvaServer.state(++n, AlarmSeverity.MAJOR, n));
      Value last = Value.of((double) n);
      Listening.until("the burst", () -> heard.updates().getLast().value().equals(last));
    } while (heard.updates().getLast().severity() == Severity.MAJOR);
    int lostAt = heard.updates().size();
    // When: no pause of a second
    int updates = 0;
    for (long endNs = System.nanoTime() + 60 * SECOND_NS;
        updates < 10 && System.nanoTime() < endNs; ) {
      pv.update(RawCorePvaServer.state(++n, AlarmSeverity.MAJOR, n));
      Value last = Value.of((double) n);
      Listening.until("the update", () -> heard.updates().getLast().value().equals(last));
      boolean found = severitiesFrom(heard, lostAt).contains(Severity.MAJOR);
      updates += found ? 1 : 0;
      Thread.sleep(100);
    }
    // Then
    List<Severity> severities = severitiesFrom(heard, lostAt);
    assertThat(severities).contains(Severity.MAJOR);
    assertThat(severities.subList(severities.indexOf(Severity.MAJOR), severities.size()))
        .hasSizeGreaterThanOrEqualTo(10)
        .containsOnly(Severity.MAJOR);
  }

  private static List<Severity> severitiesFrom(Listening heard, int index) {
    List<PvUpdate> updates = heard.updates();
    return updates.subList(index, updates.size()).stream().map(PvUpdate::severity).toList();
  }

  @Test
  void c2ShouldNotTakeADeltaForTheFullState() throws Exception {
    // Given
    RawCorePvaServer server = closing(RawCorePvaServer.start());
    ServerPV pv = server.volts("T:C2");
    CountDownLatch enough = new CountDownLatch(1);
    Thread updating =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int n = 1; enough.getCount() > 0; n++) {
                    try {
                      pv.update(RawCorePvaServer.state(n, AlarmSeverity.NO_ALARM, n));
                    } catch (Exception e) {
                      return;
                    }
                  }
                });
    // When
    PvClient client = clientOf(server);
    List<Listening> heard = new ArrayList<>();
    for (int round = 0; round < 60; round++) {
      Listening listening = new Listening();
      heard.add(listening);
      PvSubscription subscription = client.subscribe("T:C2", listening);
      listening.awaitUpdates(1);
      subscription.close();
    }
    enough.countDown();
    updating.join();
    // Then
    assertThat(heard)
        .allSatisfy(
            each -> {
              assertThat(each.connections().getFirst().egu()).isEqualTo("kV");
              assertThat(each.updates().getFirst().message()).isEqualTo("NO_ALARM");
              assertThat(each.updates().getFirst().snapshot()).isTrue();
            });
  }

  @Test
  void c3ShouldNotAskForAPipelineThatAServerDoesNotAnswer() throws Exception {
    // Given
    RawCorePvaServer server = closing(RawCorePvaServer.start());
    ServerPV pv = server.volts("T:C3");
    Listening listening = new Listening();
    // When
    clientOf(server).subscribe("T:C3", listening);
    listening.awaitUpdates(1);
    pv.update(RawCorePvaServer.state(5, AlarmSeverity.MINOR, 1));
    // Then
    listening.awaitUpdate("the update", update -> update.value().equals(Value.of(5.0)));
  }

  @Test
  void c4ShouldEndAReadWhoseNameServerSendsItAstrayAndFindThePvByASearchBesideIt()
      throws Exception {
    // Given: a name server of core-pva 5.0.5 names port 0 instead of its own
    RawCorePvaServer server = closing(RawCorePvaServer.start());
    server.volts("T:C4");
    PvaOptions names =
        new PvaOptions(PvaOptions.CORE_PVA, List.of(server.asNameServer()), Optional.empty());
    PvClient astray =
        closing(PvClients.open(CorePvaAdapter.settings(HostPort.loopback(9)).with(names)));
    PvClient both =
        closing(PvClients.open(CorePvaAdapter.settings(server.searchAddress()).with(names)));
    // When
    GetReply lost = astray.get("T:C4", 3 * SECOND_NS).get(30, TimeUnit.SECONDS);
    GetReply found = both.get("T:C4", 60 * SECOND_NS).get();
    // Then
    assertThat(lost).isEqualTo(new GetReply.Failed("T:C4: no answer within 3000 ms"));
    assertThat(found).isInstanceOf(GetReply.Got.class);
  }

  @Test
  void shouldFindAPvByANameServerThatNamesItsServer() throws Exception {
    // Given: no search over UDP can reach the server
    PvServer server = server();
    serveVolts(server, "T:NAMED", 7);
    RawCorePvaServer names =
        closing(
            RawCorePvaServer.startNameServer(
                "T:NAMED", HostPort.loopback(server.serverAddress().port())));
    PvClient client =
        closing(
            PvClients.open(
                CorePvaAdapter.settings(HostPort.loopback(9))
                    .with(
                        new PvaOptions(
                            PvaOptions.CORE_PVA,
                            List.of(names.asNameServer()),
                            Optional.empty()))));
    Listening listening = new Listening();
    // When
    client.subscribe("T:NAMED", listening);
    // Then
    listening.awaitUpdates(1);
    assertThat(listening.updates().getFirst().value()).isEqualTo(Value.of(7.0));
  }

  @Test
  void c5ShouldSubscribeAnewAfterEachReconnection() {
    // Given
    PvServer server = server();
    serveVolts(server, "T:C5", 0);
    int port = server.serverAddress().port();
    int search = server.searchAddress().port();
    Listening listening = new Listening();
    client(server).subscribe("T:C5", listening);
    listening.awaitUpdates(1);
    for (int restart = 1; restart <= 3; restart++) {
      // When
      server.close();
      int lost = restart;
      Listening.until("the loss", () -> listening.disconnections() == lost);
      server = closing(adapter.startServer(port, search));
      ServedPv pv = serveVolts(server, "T:C5", restart);
      listening.awaitConnected(restart + 1);
      pv.post(volts(-restart));
      // Then
      Value posted = Value.of((double) -restart);
      listening.awaitUpdate("the update after it", update -> update.value().equals(posted));
    }
  }

  @Test
  void c6ShouldEndAPutThatTheLibraryCannotConvertOrLoses() throws Exception {
    // Given
    PvServer server = server();
    List<Value> taken = new CopyOnWriteArrayList<>();
    server.create(
        PvDefinition.writable("T:L", plain(ValueKind.LONG), accepting(taken)),
        PvState.normal(new Value.LongValue(1), T0_NS));
    server.create(
        PvDefinition.writable("T:OPEN", VOLTS, value -> new CompletableFuture<>()), volts(0));
    PvClient client = connected(client(server), "T:L", "T:OPEN");
    // When
    List<PutReply> misfits =
        List.of(
            client.put("T:L", Value.of("one"), 60 * SECOND_NS).get(),
            client.put("T:L", Value.of(1.5), 60 * SECOND_NS).get(),
            client.put("T:L", DoubleArrayValue.of(1, 2), 60 * SECOND_NS).get());
    CompletableFuture<PutReply> open = client.put("T:OPEN", Value.of(1.0), 60 * SECOND_NS);
    Listening.until("the put at the server", () -> server.statistics().puts() == 1);
    server.close();
    // Then
    assertThat(misfits)
        .allSatisfy(
            reply ->
                assertThat(reply)
                    .isInstanceOfSatisfying(
                        PutReply.Rejected.class,
                        no -> assertThat(no.mayHaveBeenWritten()).isFalse()));
    assertThat(taken).isEmpty();
    assertThat(open.get(20, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            PutReply.NoAnswer.class, none -> assertThat(none.mayHaveBeenWritten()).isTrue());
  }

  @Test
  void c7ShouldKeepDeadlinesAndOtherServersGoingBesideAListenerThatStandsStill() throws Exception {
    // Given
    PvServer held = server();
    PvServer other = server();
    server(held, "T:HELD");
    ServedPv free = serveVolts(other, "T:FREE", 0);
    PvClient client = client(held, other);
    connected(client, "T:HELD");
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch standing = new CountDownLatch(1);
    client.subscribe(
        "T:HELD",
        new ForwardingListener(new Listening()) {
          @Override
          public void onUpdate(PvUpdate update) {
            standing.countDown();
            try {
              goOn.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        });
    assertThat(standing.await(60, TimeUnit.SECONDS)).isTrue();
    try {
      // When
      GetReply late = client.get("T:HELD", SECOND_NS).get(30, TimeUnit.SECONDS);
      Listening listening = new Listening();
      client.subscribe("T:FREE", listening);
      listening.awaitUpdates(1);
      free.post(volts(9));
      // Then
      listening.awaitUpdates(2);
      // not by the end of the connection, which the silent reader lets the library take for dead
      assertThat(late).isEqualTo(new GetReply.Failed("T:HELD: no answer within 1000 ms"));
    } finally {
      goOn.countDown();
    }
  }

  private static void server(PvServer server, String name) {
    serveVolts(server, name, 0);
  }

  @Test
  void c8ShouldLeaveNothingAtTheServerWhenChannelsComeAndGoInAHurry() {
    // Given
    PvServer server = server();
    int pvs = 50;
    for (int i = 0; i < pvs; i++) {
      serveVolts(server, "T:C8:" + i, i);
    }
    for (int round = 0; round < 15; round++) {
      try (PvClient client = adapter.openClient(server.searchAddress())) {
        Listening last = new Listening();
        client.subscribe("T:C8:0", last);
        // When: the others are closed in another moment of the connecting each time
        List<PvSubscription> open = new ArrayList<>();
        for (int i = 1; i < pvs; i++) {
          open.add(client.subscribe("T:C8:" + i, new Listening()));
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(round * 2L));
        open.forEach(PvSubscription::close);
        last.awaitUpdates(1);
        // Then
        Listening.until("one channel at the server", () -> channelsServedBy(server) == 1);
        assertThat(client.statistics().connected()).isEqualTo(1);
      }
      Listening.until("no channel at the server", () -> channelsServedBy(server) == 0);
    }
  }

  /** A channel that is closed while the server is being asked for it would stay there for good. */
  private static int channelsServedBy(PvServer server) {
    try {
      Field context = server.getClass().getDeclaredField("context");
      context.setAccessible(true);
      int channels = 0;
      for (Transport transport :
          ((ServerContextImpl) context.get(server)).getTransportRegistry().toArray()) {
        if (transport instanceof BlockingServerTCPTransport connection) {
          channels += connection.getChannelCount();
        }
      }
      return channels;
    } catch (ReflectiveOperationException changed) {
      throw new LinkageError("the library or the adapter has changed", changed);
    }
  }

  @Test
  void c9ShouldGoOnSearchingAtTheSettledPaceAndNotBackOff() throws Exception {
    // Given: nobody answers; the library by itself would pause 1, 2, 3 … 30 s: 11 times a minute
    try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      AtomicInteger searches = new AtomicInteger();
      Thread.ofVirtual()
          .start(
              () -> {
                DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
                while (!silent.isClosed()) {
                  try {
                    silent.receive(packet);
                    searches.incrementAndGet();
                  } catch (IOException closed) {
                    return;
                  }
                }
              });
      // When
      closing(adapter.openClient(HostPort.loopback(silent.getLocalPort())))
          .subscribe("T:NOWHERE", new Listening());
      // Then
      Listening.until("more searches", () -> searches.get() >= 20);
    }
  }

  @Test
  void shouldHandOutCopiesOfTheOneStructureThatTheLibraryChanges() {
    // Given
    PvServer server = server();
    ServedPv pv =
        server.create(
            PvDefinition.readOnly("T:ARRAY", plain(ValueKind.DOUBLE_ARRAY)),
            PvState.normal(DoubleArrayValue.of(0, 0), T0_NS));
    Listening listening = new Listening();
    client(server).subscribe("T:ARRAY", listening);
    listening.awaitUpdates(1);
    // When
    for (int i = 1; i <= 20; i++) {
      pv.post(PvState.normal(DoubleArrayValue.of(i, -i), T0_NS + i));
      listening.awaitUpdates(i + 1);
    }
    // Then
    assertThat(listening.updates()).extracting(PvUpdate::value).doesNotHaveDuplicates();
  }

  @Test
  void shouldKeepTheStaticSettingsOfTwoClientsApart() throws Exception {
    // Given
    PvServer one = server();
    PvServer two = server();
    serveVolts(one, "T:ONE", 1);
    serveVolts(two, "T:TWO", 2);
    // When
    PvClient first = client(one);
    PvClient second = client(two);
    // Then
    assertThat(first.get("T:ONE", 30 * SECOND_NS).get()).isInstanceOf(GetReply.Got.class);
    assertThat(second.get("T:TWO", 30 * SECOND_NS).get()).isInstanceOf(GetReply.Got.class);
    assertThat(first.get("T:TWO", SECOND_NS).get()).isInstanceOf(GetReply.Failed.class);
    PvClientSettings slower =
        new PvClientSettings(
                List.of(one.searchAddress()),
                0,
                Duration.ofSeconds(60),
                Duration.ofSeconds(1),
                16,
                1 << 24)
            .with(PvaOptions.of(PvaOptions.CORE_PVA));
    assertThatThrownBy(() -> PvClients.open(slower))
        .isInstanceOf(EpicsException.class)
        .hasMessageContaining("share one connection timeout");
  }

  @Test
  void shouldNotKeepEightMegabytesPerConnectionNorTouchIpv6() throws Exception {
    // Given
    PvServer server = server();
    List<Value> taken = new CopyOnWriteArrayList<>();
    server.create(
        PvDefinition.writable("T:WAVE", plain(ValueKind.DOUBLE_ARRAY), accepting(taken)),
        PvState.normal(DoubleArrayValue.of(0), T0_NS));
    PvClient client = connected(client(server), "T:WAVE");
    // When
    PutReply large =
        client.put("T:WAVE", DoubleArrayValue.of(new double[100_000]), 30 * SECOND_NS).get();
    PutReply tooLarge =
        client.put("T:WAVE", DoubleArrayValue.of(new double[200_000]), 30 * SECOND_NS).get();
    // Then
    assertThat(PVASettings.EPICS_PVA_SEND_BUFFER_SIZE).isLessThanOrEqualTo(1 << 20);
    assertThat(PVASettings.EPICS_PVA_ENABLE_IPV6).isFalse();
    assertThat(large).isEqualTo(new PutReply.Completed());
    assertThat(tooLarge).isInstanceOf(PutReply.Rejected.class);
    assertThat(taken).hasSize(1);
  }

  @Test
  void shouldServeAForeignClientThatReadsStatusesWithoutATraceAsBroken() throws Exception {
    // Given
    PvServer server = server();
    serveVolts(server, "T:READONLY", 0);
    PvClient any = connected(client(server), "T:READONLY");
    try (PVAClient raw = new PVAClient()) {
      PVAChannel channel = raw.getChannel("T:READONLY");
      channel.connect().get(60, TimeUnit.SECONDS);
      // When / Then: the refusal ends the library's own future
      assertThatThrownBy(() -> channel.write(true, "field(value)", 1.0).get(30, TimeUnit.SECONDS))
          .hasMessageContaining("T:READONLY is read-only");
      channel.close();
    }
    assertThat(any.statistics().connected()).isEqualTo(1);
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
  void p7ShouldNotAskForAPipelineWithEpicsPvaccessEither() throws Exception {
    // Given: a server that never answers a monitor with a pipeline
    RawCorePvaServer server = closing(RawCorePvaServer.start());
    ServerPV pv = server.volts("T:P7");
    Listening listening = new Listening();
    // When
    closing(PvClients.open(PvClientSettings.of(server.searchAddress())))
        .subscribe("T:P7", listening);
    listening.awaitUpdates(1);
    pv.update(RawCorePvaServer.state(5, AlarmSeverity.MINOR, 1));
    // Then
    listening.awaitUpdate("the update", update -> update.value().equals(Value.of(5.0)));
  }

  @Test
  void p14ShouldHearTheOtherPvsOfAServerThatHasOneWithAnArrayOfBooleans() throws Exception {
    // Given
    RawCorePvaServer server = closing(RawCorePvaServer.start());
    ServerPV pv = server.volts("T:P14");
    server.flags("T:P14:FLAGS");
    PvClient client = closing(PvClients.open(PvClientSettings.of(server.searchAddress())));
    Listening volts = new Listening();
    client.subscribe("T:P14", volts);
    volts.awaitUpdates(1);
    // When
    Listening flags = new Listening();
    client.subscribe("T:P14:FLAGS", flags);
    Listening.until("the refusal", () -> !flags.refusals().isEmpty());
    pv.update(RawCorePvaServer.state(5, AlarmSeverity.MINOR, 1));
    // Then
    volts.awaitUpdate("the update", update -> update.value().equals(Value.of(5.0)));
    assertThat(volts.disconnections()).isZero();
  }

  @Test
  void p7ShouldServeAClientThatAsksForAPipeline() throws Exception {
    // Given
    PvServer server = server();
    ServedPv pv = serveVolts(server, "T:P7", 0);
    PvClient any = connected(client(server), "T:P7");
    AtomicInteger heard = new AtomicInteger();
    try (PVAClient raw = new PVAClient()) {
      PVAChannel channel = raw.getChannel("T:P7");
      channel.connect().get(60, TimeUnit.SECONDS);
      channel.subscribe("", 4, (source, changes, overruns, data) -> heard.incrementAndGet());
      Listening.until("the first state", () -> heard.get() == 1);
      // When: far more than the client's window, whose acknowledgements the server does not count
      for (int i = 1; i <= 50; i++) {
        pv.post(PvState.normal(Value.of(i), T0_NS + i));
        int wanted = i + 1;
        // Then
        Listening.until("update " + i, () -> heard.get() >= wanted);
      }
      channel.close();
    }
    assertThat(any.statistics().connected()).isEqualTo(1);
  }
}
