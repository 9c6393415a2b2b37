package org.orrery.epics.pvaccess;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.epics.pvaccess.PVAException;
import org.epics.pvaccess.client.Channel;
import org.epics.pvaccess.client.ChannelFind;
import org.epics.pvaccess.client.ChannelFindRequester;
import org.epics.pvaccess.client.ChannelListRequester;
import org.epics.pvaccess.client.ChannelProvider;
import org.epics.pvaccess.client.ChannelPut;
import org.epics.pvaccess.client.ChannelPutRequester;
import org.epics.pvaccess.client.ChannelRequester;
import org.epics.pvdata.factory.PVDataFactory;
import org.epics.pvdata.misc.BitSet;
import org.epics.pvdata.monitor.Monitor;
import org.epics.pvdata.monitor.MonitorElement;
import org.epics.pvdata.monitor.MonitorRequester;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.Status;
import org.epics.pvdata.pv.Structure;
import org.orrery.epics.HostPort;
import org.orrery.epics.server.PvServerSettings;

/** Serves one PV, {@code T:V}, whose states are whatever a test makes them. */
final class HandMadeServer implements ChannelProvider, AutoCloseable {
  private final Structure structure;
  private final ServerContext context;
  private final ClientChannels siblings = new ClientChannels();
  private final List<States> subscriptions = new CopyOnWriteArrayList<>();
  private volatile PVStructure now;

  /** What clients asked for with their puts. */
  final List<PVStructure> putRequests = new CopyOnWriteArrayList<>();

  HandMadeServer(Structure structure) throws PVAException {
    this.structure = structure;
    this.now = PVDataFactory.getPVDataCreate().createPVStructure(structure);
    this.context = new ServerContext(PvServerSettings.loopback(0, 0));
    context.initialize(this);
  }

  HostPort searchAddress() {
    return HostPort.loopback(context.getBroadcastPort());
  }

  ServerContext context() {
    return context;
  }

  PVStructure emptyState() {
    return PVDataFactory.getPVDataCreate().createPVStructure(structure);
  }

  void post(PVStructure state) {
    now = state;
    subscriptions.forEach(each -> each.offer(state));
  }

  @Override
  public void close() throws PVAException {
    context.destroy();
  }

  private static final class States implements Monitor {
    private final MonitorRequester requester;
    private final Queue<PVStructure> waiting = new ArrayDeque<>();

    States(MonitorRequester requester, PVStructure first) {
      this.requester = requester;
      waiting.add(first);
    }

    void offer(PVStructure state) {
      synchronized (this) {
        waiting.add(state);
      }
      requester.monitorEvent(this);
    }

    @Override
    public Status start() {
      requester.monitorEvent(this);
      return Statuses.OK;
    }

    @Override
    public Status stop() {
      return Statuses.OK;
    }

    @Override
    public synchronized MonitorElement poll() {
      PVStructure next = waiting.poll();
      BitSet all = new BitSet(1);
      all.set(0);
      return next == null ? null : new Whole(next, all, new BitSet(1));
    }

    @Override
    public void release(MonitorElement element) {}

    @Override
    public void destroy() {}
  }

  private record Whole(PVStructure state, BitSet changed, BitSet overrun)
      implements MonitorElement {
    @Override
    public PVStructure getPVStructure() {
      return state;
    }

    @Override
    public BitSet getChangedBitSet() {
      return changed;
    }

    @Override
    public BitSet getOverrunBitSet() {
      return overrun;
    }
  }

  @Override
  public ChannelFind channelFind(String name, ChannelFindRequester requester) {
    ChannelFind found =
        new ChannelFind() {
          @Override
          public ChannelProvider getChannelProvider() {
            return HandMadeServer.this;
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
    BareChannel channel =
        new BareChannel(this, name, requester, siblings) {
          @Override
          public Monitor createMonitor(MonitorRequester monitorRequester, PVStructure request) {
            States states = new States(monitorRequester, now);
            subscriptions.add(states);
            monitorRequester.monitorConnect(Statuses.OK, states, structure);
            return states;
          }

          @Override
          public ChannelPut createChannelPut(
              ChannelPutRequester putRequester, PVStructure request) {
            putRequests.add(request);
            return super.createChannelPut(putRequester, request);
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
    return "hand-made";
  }

  @Override
  public void destroy() {}
}
