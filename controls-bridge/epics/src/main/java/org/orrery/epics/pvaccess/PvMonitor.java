package org.orrery.epics.pvaccess;

import org.epics.pvdata.misc.BitSet;
import org.epics.pvdata.monitor.Monitor;
import org.epics.pvdata.monitor.MonitorElement;
import org.epics.pvdata.monitor.MonitorRequester;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.Status;
import org.epics.pvdata.pv.Structure;
import org.jspecify.annotations.Nullable;
import org.orrery.epics.adapter.UpdateBacklog;
import org.orrery.epics.server.PvState;

/**
 * One client's subscription to one PV, server side. Thread-safe: posts come from the PV's owner,
 * polls from the connection's send thread.
 */
final class PvMonitor implements Monitor {
  private final LocalPv pv;
  private final MonitorRequester requester;
  private final StateFields fields;
  private final UpdateBacklog backlog;
  private final Element element;
  private boolean running;

  PvMonitor(LocalPv pv, MonitorRequester requester, Structure selected, int queueSize) {
    this.pv = pv;
    this.requester = requester;
    this.fields = new StateFields(selected, pv.definition().metadata());
    this.backlog = new UpdateBacklog(queueSize);
    this.element = new Element(fields.structure());
  }

  @Override
  public Status start() {
    if (pv.attach(this)) {
      requester.monitorEvent(this);
    }
    return Statuses.OK;
  }

  /**
   * Takes the state that opens the subscription; called by the PV, which keeps posts away
   * meanwhile.
   */
  synchronized boolean open(PvState state) {
    if (running) {
      return false;
    }
    running = true;
    backlog.clear();
    return backlog.offerSnapshot(state, StateFields.ALL);
  }

  @Override
  public Status stop() {
    pv.detach(this);
    synchronized (this) {
      running = false;
      backlog.clear();
    }
    return Statuses.OK;
  }

  /** Takes an update of the PV. */
  void post(PvState state, int changed, boolean edge) {
    boolean grown;
    synchronized (this) {
      if (!running) {
        return;
      }
      long mergedBefore = backlog.merged();
      long edgesBefore = backlog.edgesMerged();
      grown = backlog.offer(state, changed, edge);
      pv.countMerged(backlog.merged() - mergedBefore, backlog.edgesMerged() - edgesBefore);
    }
    if (grown) {
      requester.monitorEvent(this);
    }
  }

  @Override
  @SuppressWarnings("NullAway") // the library's contract: null when there is nothing
  public @Nullable MonitorElement poll() {
    UpdateBacklog.Entry entry;
    synchronized (this) {
      entry = backlog.poll();
    }
    if (entry == null) {
      return null;
    }
    if ((entry.changed() & StateFields.DESCRIPTION) != 0) {
      fields.describe(pv.definition().metadata());
    }
    fields.write(entry.state());
    element.changed.clear();
    element.overrun.clear();
    if (entry.snapshot()) {
      element.changed.set(0);
    } else {
      fields.mark(entry.changed(), element.changed);
    }
    fields.mark(entry.overrun(), element.overrun);
    return element;
  }

  @Override
  public void release(MonitorElement released) {
    // one element serves all polls: the caller has serialised it by now
  }

  @Override
  public void destroy() {
    stop();
  }

  private static final class Element implements MonitorElement {
    private final PVStructure structure;
    private final BitSet changed;
    private final BitSet overrun;

    Element(PVStructure structure) {
      this.structure = structure;
      this.changed = new BitSet(structure.getNumberFields());
      this.overrun = new BitSet(structure.getNumberFields());
    }

    @Override
    public PVStructure getPVStructure() {
      return structure;
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
}
