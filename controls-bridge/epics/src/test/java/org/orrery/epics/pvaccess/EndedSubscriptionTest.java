package org.orrery.epics.pvaccess;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.epics.pvaccess.client.Channel;
import org.epics.pvaccess.client.ChannelFind;
import org.epics.pvaccess.client.ChannelFindRequester;
import org.epics.pvaccess.client.ChannelListRequester;
import org.epics.pvaccess.client.ChannelProvider;
import org.epics.pvaccess.client.ChannelRequester;
import org.epics.pvdata.monitor.Monitor;
import org.epics.pvdata.monitor.MonitorRequester;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.Structure;
import org.junit.jupiter.api.Test;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.HostPort;
import org.orrery.epics.Listening;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.PvUpdate;
import org.orrery.epics.Range;
import org.orrery.epics.adapter.ServerCounters;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.client.PvClientSettings;
import org.orrery.epics.client.PvClients;
import org.orrery.epics.client.PvSubscription;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServerSettings;
import org.orrery.epics.server.PvState;

/**
 * The client against a server that ends a subscription and keeps the channel, as the library's own
 * servers do when a PV goes.
 */
class EndedSubscriptionTest {
  private static final PvMetadata VOLTS =
      new PvMetadata(ValueKind.DOUBLE, "kV", "", Range.NONE, Range.NONE, Limits.NONE, List.of());

  @Test
  void shouldSearchAgainForAPvWhoseServerEndedItsSubscriptions() throws Exception {
    // Given
    EndingProvider provider = new EndingProvider();
    ServerContext server = new ServerContext(PvServerSettings.loopback(0, 0));
    server.initialize(provider);
    HostPort search = HostPort.loopback(server.getBroadcastPort());
    try (PvClient client = PvClients.open(PvClientSettings.of(search))) {
      Listening first = new Listening();
      Listening second = new Listening();
      PvSubscription subscription = client.subscribe("T:V", first);
      client.subscribe("T:V", second);
      first.awaitUpdates(1);
      second.awaitUpdates(1);
      // When
      provider.endSubscriptions();
      Listening.until(
          "the loss", () -> first.disconnections() == 1 && second.disconnections() == 1);
      provider.pv.post(PvState.normal(Value.of(2.0), 2));
      first.awaitConnected(2).awaitUpdates(2);
      second.awaitConnected(2).awaitUpdates(2);
      provider.pv.post(PvState.normal(Value.of(3.0), 3));
      first.awaitUpdates(3);
      // Then
      assertThat(first.updates())
          .extracting(PvUpdate::value)
          .containsExactly(Value.of(1.0), Value.of(2.0), Value.of(3.0));
      assertThat(first.disconnections()).isEqualTo(1);
      assertThat(subscription.isConnected()).isTrue();
      assertThat(provider.channels).hasValue(2);
    } finally {
      server.destroy();
    }
  }

  /** Serves one PV, and ends subscriptions to it on request. */
  private static final class EndingProvider implements ChannelProvider {
    private record Subscription(Monitor monitor, MonitorRequester requester) {}

    private final LocalPv pv =
        new LocalPv(
            PvDefinition.readOnly("T:V", VOLTS),
            PvState.normal(Value.of(1.0), 1),
            new ServerCounters(),
            gone -> {});
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final AtomicInteger channels = new AtomicInteger();

    void endSubscriptions() {
      for (Subscription each : List.copyOf(subscriptions)) {
        each.monitor().destroy();
        each.requester().unlisten(each.monitor());
      }
    }

    @Override
    public ChannelFind channelFind(String name, ChannelFindRequester requester) {
      ChannelFind found =
          new ChannelFind() {
            @Override
            public ChannelProvider getChannelProvider() {
              return EndingProvider.this;
            }

            @Override
            public void cancel() {}
          };
      requester.channelFindResult(Statuses.OK, found, name.equals("T:V"));
      return found;
    }

    @Override
    public ChannelFind channelList(ChannelListRequester requester) {
      throw new UnsupportedOperationException("nobody asks");
    }

    @Override
    public Channel createChannel(String name, ChannelRequester requester, short priority) {
      channels.incrementAndGet();
      BareChannel channel =
          new BareChannel(this, name, requester, pv.channels()) {
            @Override
            public Monitor createMonitor(MonitorRequester monitorRequester, PVStructure request) {
              Optional<Structure> selected = FieldSelection.select(pv.structure(), request);
              PvMonitor monitor = new PvMonitor(pv, monitorRequester, selected.orElseThrow(), 4);
              subscriptions.add(new Subscription(monitor, monitorRequester));
              monitorRequester.monitorConnect(Statuses.OK, monitor, selected.orElseThrow());
              return monitor;
            }
          };
      requester.channelCreated(Statuses.OK, channel);
      return channel;
    }

    @Override
    public Channel createChannel(
        String name, ChannelRequester requester, short priority, String address) {
      return createChannel(name, requester, priority);
    }

    @Override
    public String getProviderName() {
      return "ending";
    }

    @Override
    public void destroy() {}
  }
}
