package org.orrery.epics.pvaccess;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.epics.pvaccess.client.Channel;
import org.epics.pvaccess.client.ChannelGet;
import org.epics.pvaccess.client.ChannelGetRequester;
import org.epics.pvaccess.client.ChannelPut;
import org.epics.pvaccess.client.ChannelPutRequester;
import org.epics.pvaccess.client.ChannelRequest;
import org.epics.pvdata.misc.BitSet;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.Structure;
import org.orrery.contract.value.Value;
import org.orrery.epics.server.PutDecision;

/**
 * Gets and puts of one client on one PV, server side. Thread-safe as the library calls them: one
 * request at a time.
 */
final class ServedRequests {
  private ServedRequests() {}

  private abstract static class Request implements ChannelRequest {
    private final Channel channel;
    private final ReentrantLock lock = new ReentrantLock();
    protected volatile boolean destroyed;

    Request(Channel channel) {
      this.channel = channel;
    }

    @Override
    public Channel getChannel() {
      return channel;
    }

    @Override
    public void cancel() {}

    @Override
    public void lastRequest() {}

    @Override
    public void lock() {
      lock.lock();
    }

    @Override
    public void unlock() {
      lock.unlock();
    }

    @Override
    public void destroy() {
      destroyed = true;
    }
  }

  /** The full present state, in a structure of its own: the send thread reads it later. */
  private record Snapshot(PVStructure state, BitSet bits) {
    static Snapshot of(LocalPv pv, Structure selected) {
      StateFields fields = new StateFields(selected, pv.definition().metadata());
      fields.write(pv.state());
      BitSet bits = new BitSet(fields.structure().getNumberFields());
      bits.set(0);
      return new Snapshot(fields.structure(), bits);
    }
  }

  /** Reads the PV. */
  static final class Get extends Request implements ChannelGet {
    private final LocalPv pv;
    private final ChannelGetRequester requester;
    private final Structure selected;

    Get(Channel channel, LocalPv pv, ChannelGetRequester requester, Structure selected) {
      super(channel);
      this.pv = pv;
      this.requester = requester;
      this.selected = selected;
    }

    @Override
    public void get() {
      Snapshot now = Snapshot.of(pv, selected);
      requester.getDone(Statuses.OK, this, now.state(), now.bits());
    }
  }

  /** Writes the PV. */
  static final class Put extends Request implements ChannelPut {
    private final LocalPv pv;
    private final ChannelPutRequester requester;
    private final Structure selected;
    private final StateFields reader;

    Put(Channel channel, LocalPv pv, ChannelPutRequester requester, Structure selected) {
      super(channel);
      this.pv = pv;
      this.requester = requester;
      this.selected = selected;
      this.reader = new StateFields(selected, pv.definition().metadata());
    }

    @Override
    public void put(PVStructure put, BitSet bits) {
      reader.describe(pv.definition().metadata());
      Optional<Value> value = reader.valueIn(put, bits);
      if (value.isEmpty()) {
        requester.putDone(Statuses.error("the put carries no value"), this);
        return;
      }
      pv.decide(value.get())
          .whenComplete(
              (decision, failure) -> {
                if (destroyed) {
                  return;
                }
                switch (decision) {
                  case PutDecision.Accepted accepted -> requester.putDone(Statuses.OK, this);
                  case PutDecision.Refused refused ->
                      requester.putDone(Statuses.error(refused.message()), this);
                }
              });
    }

    @Override
    public void get() {
      Snapshot now = Snapshot.of(pv, selected);
      requester.getDone(Statuses.OK, this, now.state(), now.bits());
    }
  }
}
