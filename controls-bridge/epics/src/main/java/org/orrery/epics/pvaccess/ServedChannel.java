package org.orrery.epics.pvaccess;

import java.util.Optional;
import org.epics.pvaccess.client.AccessRights;
import org.epics.pvaccess.client.ChannelGet;
import org.epics.pvaccess.client.ChannelGetRequester;
import org.epics.pvaccess.client.ChannelProvider;
import org.epics.pvaccess.client.ChannelPut;
import org.epics.pvaccess.client.ChannelPutRequester;
import org.epics.pvaccess.client.ChannelRequester;
import org.epics.pvaccess.client.GetFieldRequester;
import org.epics.pvdata.monitor.Monitor;
import org.epics.pvdata.monitor.MonitorRequester;
import org.epics.pvdata.pv.Field;
import org.epics.pvdata.pv.PVField;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.Status;
import org.epics.pvdata.pv.Structure;
import org.jspecify.annotations.Nullable;

/**
 * One client's channel to one PV, server side: get, put, monitor and introspection. Thread-safe.
 */
@SuppressWarnings("NullAway") // the library's contract: null beside an error status
final class ServedChannel extends BareChannel {
  /** Queue of a client that asks for none, and the bounds for one that does. */
  private static final int USUAL_QUEUE = 4;

  private static final int MOST_QUEUE = 256;
  private static final Status NO_SUCH_FIELD =
      Statuses.error("the request names no field that this PV has");

  private final LocalPv pv;

  ServedChannel(ChannelProvider provider, LocalPv pv, ChannelRequester requester) {
    super(provider, pv.definition().name(), requester, pv.channels());
    this.pv = pv;
  }

  private Optional<Structure> select(@Nullable PVStructure pvRequest) {
    return FieldSelection.select(pv.structure(), pvRequest);
  }

  @Override
  public @Nullable Monitor createMonitor(MonitorRequester monitorRequester, PVStructure pvRequest) {
    Optional<Structure> selected = select(pvRequest);
    if (selected.isEmpty()) {
      monitorRequester.monitorConnect(NO_SUCH_FIELD, null, null);
      return null;
    }
    int queueSize = FieldSelection.queueSize(pvRequest, USUAL_QUEUE, 2, MOST_QUEUE);
    PvMonitor monitor = new PvMonitor(pv, monitorRequester, selected.get(), queueSize);
    monitorRequester.monitorConnect(Statuses.OK, monitor, selected.get());
    return monitor;
  }

  @Override
  public @Nullable ChannelGet createChannelGet(
      ChannelGetRequester getRequester, PVStructure pvRequest) {
    Optional<Structure> selected = select(pvRequest);
    if (selected.isEmpty()) {
      getRequester.channelGetConnect(NO_SUCH_FIELD, null, null);
      return null;
    }
    var get = new ServedRequests.Get(this, pv, getRequester, selected.get());
    getRequester.channelGetConnect(Statuses.OK, get, selected.get());
    return get;
  }

  @Override
  public @Nullable ChannelPut createChannelPut(
      ChannelPutRequester putRequester, PVStructure pvRequest) {
    Optional<Structure> selected = select(pvRequest);
    if (selected.isEmpty()) {
      putRequester.channelPutConnect(NO_SUCH_FIELD, null, null);
      return null;
    }
    var put = new ServedRequests.Put(this, pv, putRequester, selected.get());
    putRequester.channelPutConnect(Statuses.OK, put, selected.get());
    return put;
  }

  @Override
  public void getField(GetFieldRequester fieldRequester, @Nullable String subField) {
    Field field =
        subField == null || subField.isEmpty() ? pv.structure() : pv.structure().getField(subField);
    fieldRequester.getDone(field == null ? NO_SUCH_FIELD : Statuses.OK, field);
  }

  @Override
  public AccessRights getAccessRights(PVField field) {
    return pv.definition().puts().isPresent() ? AccessRights.readWrite : AccessRights.read;
  }
}
