package org.orrery.epics.pvaccess;

import org.epics.pvaccess.client.AccessRights;
import org.epics.pvaccess.client.Channel;
import org.epics.pvaccess.client.ChannelArray;
import org.epics.pvaccess.client.ChannelArrayRequester;
import org.epics.pvaccess.client.ChannelGet;
import org.epics.pvaccess.client.ChannelGetRequester;
import org.epics.pvaccess.client.ChannelProcess;
import org.epics.pvaccess.client.ChannelProcessRequester;
import org.epics.pvaccess.client.ChannelProvider;
import org.epics.pvaccess.client.ChannelPut;
import org.epics.pvaccess.client.ChannelPutGet;
import org.epics.pvaccess.client.ChannelPutGetRequester;
import org.epics.pvaccess.client.ChannelPutRequester;
import org.epics.pvaccess.client.ChannelRPC;
import org.epics.pvaccess.client.ChannelRPCRequester;
import org.epics.pvaccess.client.ChannelRequester;
import org.epics.pvaccess.client.GetFieldRequester;
import org.epics.pvdata.monitor.Monitor;
import org.epics.pvdata.monitor.MonitorRequester;
import org.epics.pvdata.pv.MessageType;
import org.epics.pvdata.pv.PVField;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.Status;
import org.jspecify.annotations.Nullable;

/**
 * One client's channel, server side, that offers nothing; what a served thing does offer is
 * overridden. Thread-safe.
 */
@SuppressWarnings("NullAway") // the library's contract: null beside an error status
abstract class BareChannel implements Channel {
  private static final Status NOT_OFFERED = Statuses.error("not offered by this server");

  private final ChannelProvider provider;
  private final String name;
  private final ChannelRequester requester;
  private final ClientChannels siblings;
  private volatile Runnable ending = () -> {};
  private volatile boolean destroyed;

  /**
   * @param siblings the channels of all clients to what this one leads to
   */
  BareChannel(
      ChannelProvider provider, String name, ChannelRequester requester, ClientChannels siblings) {
    this.provider = provider;
    this.name = name;
    this.requester = requester;
    this.siblings = siblings;
  }

  /**
   * The client has it.
   *
   * @param end takes it off its connection and tells the client
   */
  void opened(Runnable end) {
    ending = end;
    siblings.add(this);
  }

  /** Ends it from this side. */
  void end() {
    ending.run();
  }

  @Override
  public @Nullable Monitor createMonitor(MonitorRequester monitorRequester, PVStructure pvRequest) {
    monitorRequester.monitorConnect(NOT_OFFERED, null, null);
    return null;
  }

  @Override
  public @Nullable ChannelGet createChannelGet(
      ChannelGetRequester getRequester, PVStructure pvRequest) {
    getRequester.channelGetConnect(NOT_OFFERED, null, null);
    return null;
  }

  @Override
  public @Nullable ChannelPut createChannelPut(
      ChannelPutRequester putRequester, PVStructure pvRequest) {
    putRequester.channelPutConnect(NOT_OFFERED, null, null);
    return null;
  }

  @Override
  public void getField(GetFieldRequester fieldRequester, @Nullable String subField) {
    fieldRequester.getDone(NOT_OFFERED, null);
  }

  @Override
  public AccessRights getAccessRights(PVField field) {
    return AccessRights.none;
  }

  @Override
  public @Nullable ChannelProcess createChannelProcess(
      ChannelProcessRequester processRequester, PVStructure pvRequest) {
    processRequester.channelProcessConnect(NOT_OFFERED, null);
    return null;
  }

  @Override
  public @Nullable ChannelPutGet createChannelPutGet(
      ChannelPutGetRequester putGetRequester, PVStructure pvRequest) {
    putGetRequester.channelPutGetConnect(NOT_OFFERED, null, null, null);
    return null;
  }

  @Override
  public @Nullable ChannelRPC createChannelRPC(
      ChannelRPCRequester rpcRequester, PVStructure pvRequest) {
    rpcRequester.channelRPCConnect(NOT_OFFERED, null);
    return null;
  }

  @Override
  public @Nullable ChannelArray createChannelArray(
      ChannelArrayRequester arrayRequester, PVStructure pvRequest) {
    arrayRequester.channelArrayConnect(NOT_OFFERED, null, null);
    return null;
  }

  @Override
  public ChannelProvider getProvider() {
    return provider;
  }

  @Override
  public String getRemoteAddress() {
    return "local";
  }

  @Override
  public ConnectionState getConnectionState() {
    return destroyed ? ConnectionState.DESTROYED : ConnectionState.CONNECTED;
  }

  @Override
  public boolean isConnected() {
    return !destroyed;
  }

  @Override
  public void destroy() {
    destroyed = true;
    siblings.remove(this);
  }

  @Override
  public String getChannelName() {
    return name;
  }

  @Override
  public ChannelRequester getChannelRequester() {
    return requester;
  }

  @Override
  public String getRequesterName() {
    return name;
  }

  @Override
  public void message(String message, MessageType type) {
    requester.message(message, type);
  }
}
