package org.orrery.epics.pvaccess;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.epics.pvaccess.client.Channel;
import org.epics.pvaccess.client.Channel.ConnectionState;
import org.epics.pvaccess.client.ChannelProvider;
import org.epics.pvaccess.client.ChannelRequester;
import org.epics.pvdata.pv.MessageType;
import org.epics.pvdata.pv.Status;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One PV's channel, shared by its subscriptions, gets and puts. Thread-safe. It holds no lock while
 * it calls into the library, which calls back with locks of its own.
 */
final class SharedChannel implements ChannelRequester {
  private static final Logger LOG = LoggerFactory.getLogger(SharedChannel.class);

  private final String name;
  private final Set<ChannelUser> users = ConcurrentHashMap.newKeySet();
  private final AtomicInteger epoch = new AtomicInteger();
  private volatile boolean connected;
  private volatile boolean ended;
  private volatile @Nullable Channel channel;

  SharedChannel(String name) {
    this.name = name;
  }

  /** Begins to search, unless it was destroyed. */
  void open(ChannelProvider provider) {
    if (ended) {
      return;
    }
    channel = provider.createChannel(name, this, ChannelProvider.PRIORITY_DEFAULT);
  }

  String name() {
    return name;
  }

  void add(ChannelUser user) {
    users.add(user);
  }

  /** Tells a user that was added late of a connection that is there. */
  void greet(ChannelUser user) {
    Channel present = channel;
    if (connected && present != null) {
      user.connected(present, epoch.get());
    }
  }

  void remove(ChannelUser user) {
    users.remove(user);
  }

  boolean isUnused() {
    return users.isEmpty();
  }

  /** Ends the channel; it cannot be used again. */
  void destroy() {
    ended = true;
    destroyPresent();
  }

  /**
   * Gives a connection up; its users hear that it is gone. Not for the library's threads.
   *
   * @return whether it was still there, and the channel is to be opened anew
   */
  boolean drop(int epochToEnd) {
    if (ended || !connected || epoch.get() != epochToEnd) {
      return false;
    }
    destroyPresent();
    return true;
  }

  private void destroyPresent() {
    Channel present = channel;
    if (present != null && present.getConnectionState() != ConnectionState.DESTROYED) {
      try {
        present.destroy();
      } catch (IllegalStateException already) {
        LOG.debug("{} was destroyed already", name);
      }
    }
  }

  @Override
  public void channelCreated(Status status, @Nullable Channel created) {
    if (!status.isSuccess()) {
      LOG.info("{} cannot be searched for: {}", name, Statuses.messageOf(status));
    }
  }

  @Override
  public void channelStateChange(Channel changed, ConnectionState state) {
    switch (state) {
      case CONNECTED -> {
        channel = changed;
        int now = epoch.incrementAndGet();
        connected = true;
        for (ChannelUser user : users) {
          user.connected(changed, now);
        }
      }
      case DISCONNECTED, DESTROYED -> {
        if (connected) {
          connected = false;
          int ended = epoch.get();
          for (ChannelUser user : users) {
            user.disconnected(ended);
          }
        }
      }
      case NEVER_CONNECTED -> {}
    }
  }

  @Override
  public String getRequesterName() {
    return name;
  }

  @Override
  public void message(String message, MessageType type) {
    LOG.debug("{}: {} {}", name, type, message);
  }
}
