package org.orrery.epics.channelaccess;

import com.cosylab.epics.caj.CAJChannel;
import gov.aps.jca.CAException;
import gov.aps.jca.Monitor;
import gov.aps.jca.dbr.DBRType;
import gov.aps.jca.event.MonitorEvent;
import gov.aps.jca.event.MonitorListener;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One monitor of the library, on one connection. Thread-safe. Its end must not overtake its begin:
 * see {@link CaLink}.
 */
final class CaFeed implements MonitorListener {
  private static final Logger LOG = LoggerFactory.getLogger(CaFeed.class);

  private final CaLink link;
  private final String address;
  private final Consumer<MonitorEvent> taker;
  private @Nullable Running monitor;
  private boolean answered;
  private boolean ended;

  /** What was subscribed, and where. */
  private record Running(CAJChannel channel, Monitor monitor) {}

  /**
   * @param taker takes each event, on the thread that reads from the server
   */
  CaFeed(CaLink link, String address, Consumer<MonitorEvent> taker) {
    this.link = link;
    this.address = address;
    this.taker = taker;
  }

  /** Subscribes; once, and with the lock of the channel held. */
  void begin(CAJChannel channel, DBRType type, int count, int mask) throws CAException {
    Running asked = new Running(channel, channel.addMonitor(type, count, mask, this));
    link.monitorAsked();
    boolean late;
    synchronized (this) {
      monitor = asked;
      late = ended && answered;
    }
    if (late) {
      clear(asked);
    }
  }

  @Override
  public void monitorChanged(MonitorEvent event) {
    boolean first;
    Running late;
    synchronized (this) {
      first = !answered;
      answered = true;
      late = ended && first ? monitor : null;
    }
    if (first) {
      if (late != null) {
        clear(late);
      }
      link.monitorAnswered();
    }
    taker.accept(event);
  }

  /** Ends it, now or when it has begun. */
  void end() {
    Running running;
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
      running = answered ? monitor : null;
    }
    if (running != null) {
      clear(running);
    }
  }

  /**
   * Elsewhere: a server that does not read keeps whoever sends to it. With the lock of the channel,
   * as the library has it when it destroys the channel; by itself it takes the monitor's lock
   * first, and the two would wait for each other for good.
   */
  private void clear(Running running) {
    Thread.ofVirtual()
        .name("orrery-ca-clear")
        .start(
            () -> {
              try {
                synchronized (running.channel()) {
                  running.monitor().clear();
                }
              } catch (CAException | IllegalStateException already) {
                LOG.debug("{} had ended: {}", address, already.getMessage());
              }
            });
  }
}
