package org.orrery.scenarios.harness;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.orrery.contract.value.Value;
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

/** The simulated plant as somebody in the hall sees it: over pvAccess, past Orrery. */
public final class Plant implements AutoCloseable {
  private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

  /** A put needs a connection that a subscription holds; what it says is not wanted. */
  private static final PvListener UNHEARD =
      new PvListener() {
        @Override
        public void onConnected(PvMetadata metadata) {}

        @Override
        public void onDisconnected() {}

        @Override
        public void onUpdate(PvUpdate update) {}
      };

  private final PvClient client;

  private Plant(PvClient client) {
    this.client = client;
  }

  /** Connects to the soft IOC of a running Orrery. */
  public static Plant of(Path data) throws IOException {
    Properties ports = new Properties();
    try (Reader reader = Files.newBufferedReader(data.resolve("soft-ioc/ports.properties"))) {
      ports.load(reader);
    }
    return searching(Integer.parseInt(ports.getProperty("searchPort")));
  }

  /** Connects to the soft IOC that answers searches on this port. */
  static Plant searching(int searchPort) {
    return new Plant(PvClients.open(PvClientSettings.of(HostPort.loopback(searchPort))));
  }

  /** Says a word to the simulator's own fault control, such as {@code F5 start}. */
  public void fault(String words) throws Exception {
    PutReply reply = put("LAR:SIM:FAULT", Value.of(words));
    if (!(reply instanceof PutReply.Completed)) {
      throw new IllegalStateException("fault '" + words + "' was not taken: " + reply);
    }
  }

  /** Sets a PV past Orrery, as somebody at the device would. */
  public void set(String pv, double value) throws Exception {
    PutReply reply = put(pv, Value.of(value));
    if (!(reply instanceof PutReply.Completed)) {
      throw new IllegalStateException(pv + " did not take " + value + ": " + reply);
    }
  }

  /** A put waits for no connection, so there must be one. */
  private PutReply put(String pv, Value value) throws Exception {
    try (PvSubscription connection = client.subscribe(pv, UNHEARD)) {
      Awaitility.await(pv + " is connected")
          .atMost(Duration.ofNanos(TIMEOUT_NS))
          .pollInterval(Duration.ofMillis(5))
          .until(connection::isConnected);
      return client.put(pv, value, TIMEOUT_NS).get(10, TimeUnit.SECONDS);
    }
  }

  /** Reads a PV. */
  public Value read(String pv) throws Exception {
    GetReply reply = client.get(pv, TIMEOUT_NS).get(10, TimeUnit.SECONDS);
    return switch (reply) {
      case GetReply.Got got -> got.update().value();
      case GetReply.Failed failed ->
          throw new IllegalStateException(pv + " cannot be read: " + failed.why());
    };
  }

  /** Reads a number. */
  public double number(String pv) throws Exception {
    return read(pv).asDouble().orElseThrow();
  }

  @Override
  public void close() {
    client.close();
  }
}
