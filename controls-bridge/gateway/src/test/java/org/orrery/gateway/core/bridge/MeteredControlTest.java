package org.orrery.gateway.core.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.health.BridgeHealth;
import org.orrery.contract.health.BridgeHealth.ServerHealth;
import org.orrery.contract.health.BridgeQuery;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.health.ChannelHealth.Link;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.time.PlantClock;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.gateway.core.ControlSystem;
import org.orrery.gateway.core.TestPlant;

class MeteredControlTest {
  private static final long SECOND = TestPlant.SECOND;
  private static final double FACTOR = 20;

  private final Facility facility = TestPlant.facility();
  private final Network network = new Network();
  private final List<String> heard = new ArrayList<>();
  private long plantNs = 1_000 * SECOND;
  private final MeteredControl control = new MeteredControl(network, new Clock(), 0);
  private final Map<ChannelId, Link> links = new HashMap<>();

  @Test
  void shouldMeasureEachServerAndHandOnWhatItHears() {
    // Given
    open(TestPlant.FLOW, "10.0.0.1:5075");
    open(TestPlant.SPEED, "10.0.0.2:5075");
    say(TestPlant.FLOW, plantNs - 3_600 * SECOND, 0);

    // When
    for (int i = 0; i < 40; i++) {
      plantNs += SECOND;
      say(TestPlant.FLOW, plantNs - 4 * SECOND, i == 7 ? 3 : 0);
    }
    control.roll(10 * SECOND);

    // Then
    BridgeHealth health = ask("", 10);
    ServerHealth first = server(health, "10.0.0.1:5075");
    assertThat(first.traffic().updates()).isEqualTo(41);
    assertThat(first.traffic().lost()).isEqualTo(3);
    assertThat(first.traffic().updatesPerSecond()).isEqualTo(4.1);
    assertThat(first.traffic().heardNs()).isEqualTo(plantNs);
    // 4 s of the plant are 0.2 s of the wall; the hour's age of the first state is no delay.
    assertThat(first.latencyP50().orElseThrow()).isBetween(0.2, 0.22);
    assertThat(first.latencyP99().orElseThrow()).isBetween(0.2, 0.22);
    assertThat(server(health, "10.0.0.2:5075").latencyP50()).isEmpty();
    assertThat(heard).hasSize(41 + 2).startsWith("connected", "connected");
  }

  @Test
  void shouldPutTheWorstChannelsFirstAndFindThemByWords() {
    // Given
    open(TestPlant.FLOW, "10.0.0.1:5075");
    open(TestPlant.SPEED, "10.0.0.2:5075");
    open(TestPlant.ENABLE, "10.0.0.2:5075");

    // When
    listener(TestPlant.SPEED).onDisconnected();
    listener(TestPlant.SPEED).onDisconnected();
    links.put(TestPlant.SPEED, Link.DISCONNECTED);
    links.put(TestPlant.ENABLE, Link.STALE);

    // Then
    BridgeHealth all = ask("", 3);
    assertThat(all.matching()).isEqualTo(facility.channels().size());
    assertThat(all.channels()).hasSize(3);
    assertThat(all.servers().getFirst().address()).isEmpty();
    BridgeHealth found = ask("10.0.0.2 5075", 10);
    assertThat(found.channels())
        .extracting(c -> c.health().channel())
        .containsExactly(TestPlant.SPEED, TestPlant.ENABLE);
    assertThat(found.channels().getFirst().traffic().disconnections()).isEqualTo(1);
    assertThat(ask("stale", 10).matching()).isEqualTo(1);
    assertThat(server(all, "10.0.0.2:5075").links()).isEqualTo(new BridgeHealth.Links(0, 1, 0, 1));
    assertThat(all.count(Link.CONNECTED)).isEqualTo(1);
    assertThat(ask("", 0).channels()).isEmpty();
  }

  @Test
  void shouldFollowAChannelToAnotherServer() {
    // Given
    open(TestPlant.FLOW, "10.0.0.1:5075");
    say(TestPlant.FLOW, plantNs, 0);

    // When
    listener(TestPlant.FLOW).onDisconnected();
    network.servers.put(pv(TestPlant.FLOW), "10.0.0.9:5075");
    listener(TestPlant.FLOW).onConnected(description());
    say(TestPlant.FLOW, plantNs, 0);
    control.roll(10 * SECOND);

    // Then
    assertThat(ask("", 0).servers())
        .extracting(ServerHealth::address)
        .contains("10.0.0.9:5075")
        .doesNotContain("10.0.0.1:5075");
  }

  @Test
  void shouldHandOnADescriptionThatChanges() {
    // Given
    open(TestPlant.FLOW, "10.0.0.1:5075");

    // When
    listener(TestPlant.FLOW)
        .onDescriptionChanged(new ControlSystem.Description(ValueKind.DOUBLE, "g/s", List.of()));

    // Then
    assertThat(heard).endsWith("in g/s");
  }

  private void open(ChannelId channel, String server) {
    network.servers.put(pv(channel), server);
    control.subscribe(pv(channel), new Hearing());
    listener(channel).onConnected(description());
    links.put(channel, Link.CONNECTED);
  }

  private void say(ChannelId channel, long timeNs, long lost) {
    listener(channel)
        .onUpdate(new ControlSystem.Update(Value.of(1.0), Severity.NONE, "", timeNs, lost));
  }

  private ControlSystem.Listener listener(ChannelId channel) {
    return Objects.requireNonNull(network.listeners.get(pv(channel)));
  }

  private BridgeHealth ask(String find, int most) {
    List<ChannelHealth> health =
        facility.channels().keySet().stream()
            .map(id -> new ChannelHealth(id, links.getOrDefault(id, Link.DISCONNECTED), "", 0))
            .toList();
    return control.view(facility, health, new BridgeQuery(find, most));
  }

  private static ServerHealth server(BridgeHealth health, String address) {
    return health.servers().stream()
        .filter(s -> s.address().equals(address))
        .findFirst()
        .orElseThrow();
  }

  private static ControlSystem.Description description() {
    return new ControlSystem.Description(ValueKind.DOUBLE, "", List.of());
  }

  private static String pv(ChannelId channel) {
    return TestPlant.pv(channel);
  }

  private final class Clock implements PlantClock {
    @Override
    public long nowNs() {
      return plantNs;
    }

    @Override
    public double factor() {
      return FACTOR;
    }

    @Override
    public long toWallNs(long ns) {
      return ns;
    }
  }

  private final class Hearing implements ControlSystem.Listener {
    @Override
    public void onConnected(ControlSystem.Description description) {
      heard.add("connected");
    }

    @Override
    public void onDisconnected() {
      heard.add("disconnected");
    }

    @Override
    public void onUpdate(ControlSystem.Update update) {
      heard.add(update.value().display());
    }

    @Override
    public void onDescriptionChanged(ControlSystem.Description description) {
      heard.add("in " + description.egu());
    }

    @Override
    public void onRefused(String reason) {
      heard.add(reason);
    }
  }

  /** A network on which the test moves PVs between servers. */
  private static final class Network implements ControlSystem {
    final Map<String, Listener> listeners = new HashMap<>();
    final Map<String, String> servers = new HashMap<>();

    @Override
    public Link subscribe(String address, Listener listener) {
      listeners.put(address, listener);
      return new Link() {
        @Override
        public void close() {}

        @Override
        public String server() {
          return servers.getOrDefault(address, "");
        }
      };
    }

    @Override
    public void put(
        String address,
        Value value,
        long timeoutNs,
        BooleanSupplier maySend,
        Consumer<PutReply> done) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void get(String address, long timeoutNs, Consumer<GetReply> done) {
      throw new UnsupportedOperationException();
    }
  }
}
