package org.orrery.epics.channelaccess;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.orrery.contract.value.Value;

/**
 * One client's channel to one PV, server side. Thread-safe.
 *
 * @see Circuit
 */
final class ServedChannel {
  /** Least size of a long text, so that a longer one does not send every client away at once. */
  private static final int LEAST_TEXT_BYTES = 256;

  private final CaServedPv pv;
  private final boolean longText;
  private final int clientId;
  private final int serverId;
  private final int count;
  private final Circuit circuit;
  private final Map<Integer, ServedMonitor> monitors = new ConcurrentHashMap<>();
  private volatile boolean ended;

  ServedChannel(CaServedPv pv, boolean longText, int clientId, int serverId, Circuit circuit) {
    this.pv = pv;
    this.longText = longText;
    this.clientId = clientId;
    this.serverId = serverId;
    this.circuit = circuit;
    int present = DbrWriter.elements(pv.state().value(), longText);
    this.count = Math.max(present, longText ? LEAST_TEXT_BYTES : 1);
  }

  CaServedPv pv() {
    return pv;
  }

  boolean longText() {
    return longText;
  }

  int clientId() {
    return clientId;
  }

  int serverId() {
    return serverId;
  }

  /** Elements that the client was told of: an upper bound. */
  int count() {
    return count;
  }

  int nativeType() {
    return switch (pv.definition().metadata().kind()) {
      case DOUBLE, DOUBLE_ARRAY, HISTOGRAM -> CaWire.DOUBLE;
      case LONG -> CaWire.LONG;
      case TEXT -> longText ? CaWire.CHAR : CaWire.STRING;
      case CHOICE -> CaWire.ENUM;
    };
  }

  void subscribe(ServedMonitor monitor) {
    ServedMonitor before = monitors.put(monitor.id(), monitor);
    if (before != null) {
      pv.detach(before);
    }
    pv.attach(monitor);
    if (ended) {
      monitors.remove(monitor.id(), monitor);
      pv.detach(monitor); // the end may have come before it was there to be ended
      monitor.end();
    }
  }

  void unsubscribe(int id) {
    ServedMonitor monitor = monitors.remove(id);
    if (monitor != null) {
      pv.detach(monitor);
      monitor.end();
    }
  }

  /** The client has to come again when a value has more elements than it was told of. */
  void checkRoomFor(Value value) {
    if (DbrWriter.elements(value, longText) > count) {
      sendAway();
    }
  }

  /** Tells the client that the channel is gone; it will search for it. */
  void sendAway() {
    circuit.sendAway(this);
  }

  void end() {
    ended = true;
    pv.remove(this);
    monitors.keySet().forEach(this::unsubscribe);
  }
}
