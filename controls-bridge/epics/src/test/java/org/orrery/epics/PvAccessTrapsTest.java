package org.orrery.epics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.epics.pvaccess.client.impl.remote.ClientContextImpl;
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
  void p5ShouldLetGoOfChannelsThatNobodyUses() throws Exception {
    // Given
    PvServer server = server();
    PvClient client = bare(server);
    List<PvSubscription> subscriptions = new ArrayList<>();
    Listening listening = new Listening();
    for (int i = 0; i < 200; i++) {
      serveVolts(server, "T:P5:" + i, i);
      subscriptions.add(client.subscribe("T:P5:" + i, listening));
    }
    listening.awaitUpdates(200);
    assertThat(channelsHeldBy(client)).isEqualTo(200);
    // When
    subscriptions.forEach(PvSubscription::close);
    for (int i = 0; i < 200; i++) {
      assertThat(client.get("T:P5:" + i, 60 * SECOND_NS).get()).isInstanceOf(GetReply.Got.class);
    }
    // Then
    Listening.until("no channel to be held", () -> channelsHeldBy(client) == 0);
  }

  /** The adapter itself, without what sends each PV to the client of its protocol. */
  private PvClient bare(PvServer server) {
    return closing(PvAccessClient.open(PvClientSettings.of(server.searchAddress())));
  }

  /** The library keeps its channels in a map of strong references. */
  private static int channelsHeldBy(PvClient client) {
    try {
      Field context = client.getClass().getDeclaredField("context");
      context.setAccessible(true);
      Field channels = ClientContextImpl.class.getDeclaredField("channelsByCID");
      channels.setAccessible(true);
      return ((Map<?, ?>) channels.get(context.get(client))).size();
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
  void p8ShouldGoOnSearchingAfterThereWasNothingToSearchFor() throws Exception {
    // Given
    PvServer server = server();
    PvClient client =
        closing(
            PvAccessClient.open(
                new PvClientSettings(
                    List.of(server.searchAddress()),
                    0,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(600),
                    16,
                    1 << 24)));
    for (int round = 0; round < 20; round++) {
      serveVolts(server, "T:P8:" + round, round);
      // When
      GetReply reply = client.get("T:P8:" + round, 60 * SECOND_NS).get();
      // Then
      assertThat(reply).isInstanceOf(GetReply.Got.class);
    }
    assertThat(searchManagerOf(client)).isEqualTo("SearchManager");
  }

  @Test
  void p9ShouldSearchForThousandsInBatchesOfItsOwn() throws IOException {
    // Given
    PvServer server = server();
    int pvs = 2_000;
    for (int i = 0; i < pvs; i++) {
      serveVolts(server, "T:P9:" + i, i);
    }
    PvClient client = bare(server);
    Listening listening = new Listening();
    // When
    for (int i = 0; i < pvs; i++) {
      client.subscribe("T:P9:" + i, listening);
    }
    listening.awaitUpdates(pvs);
    // Then: the library's own manager makes each new channel wait for a sleeping thread
    assertThat(client.statistics().connected()).isEqualTo(pvs);
    assertThat(searchManagerOf(client)).isEqualTo("SearchManager");
  }

  private static String searchManagerOf(PvClient client) {
    try {
      Field context = client.getClass().getDeclaredField("context");
      context.setAccessible(true);
      return ((ClientContextImpl) context.get(client))
          .getChannelSearchManager()
          .getClass()
          .getSimpleName();
    } catch (ReflectiveOperationException changed) {
      throw new LinkageError("the adapter has changed", changed);
    }
  }
}
