package org.orrery.epics.pvaccess;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.epics.pvaccess.client.Channel;
import org.epics.pvaccess.client.ChannelGet;
import org.epics.pvaccess.client.ChannelGetRequester;
import org.epics.pvdata.copy.CreateRequest;
import org.epics.pvdata.misc.BitSet;
import org.epics.pvdata.pv.MessageType;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.Status;
import org.epics.pvdata.pv.Structure;
import org.jspecify.annotations.Nullable;
import org.orrery.epics.client.GetReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One read. Thread-safe. */
final class OneShotGet implements ChannelUser, ChannelGetRequester, Refusable {
  private static final Logger LOG = LoggerFactory.getLogger(OneShotGet.class);

  private final String name;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean done = new AtomicBoolean();
  private final CompletableFuture<GetReply> reply = new CompletableFuture<>();
  private volatile @Nullable ChannelGet request;

  OneShotGet(String name) {
    this.name = name;
  }

  CompletableFuture<GetReply> reply() {
    return reply;
  }

  @Override
  public void connected(Channel channel, int epoch) {
    if (!started.compareAndSet(false, true)) {
      return;
    }
    ChannelGet created =
        channel.createChannelGet(this, CreateRequest.create().createRequest("field()"));
    request = created;
    if (done.get() && created != null) {
      created.destroy();
    }
  }

  @Override
  public void disconnected(int epoch) {
    if (started.get()) {
      giveUp("the connection was lost");
    }
  }

  @Override
  public void channelGetConnect(Status status, ChannelGet get, @Nullable Structure structure) {
    request = get;
    if (!status.isSuccess()) {
      giveUp(Statuses.messageOf(status));
    } else if (!done.get()) {
      get.get();
    }
  }

  @Override
  public void getDone(
      Status status, ChannelGet get, @Nullable PVStructure state, @Nullable BitSet bits) {
    if (!status.isSuccess() || state == null) {
      giveUp(Statuses.messageOf(status));
      return;
    }
    finish(
        UpdateDecoder.metadata(state)
            .<GetReply>map(
                metadata ->
                    new GetReply.Got(
                        metadata, UpdateDecoder.update(state, metadata, true, new BitSet(1))))
            .orElseGet(
                () -> new GetReply.Failed(name + ": its value is of a kind that is not read")));
  }

  @Override
  public void refuse(String why) {
    giveUp(why);
  }

  /** Ends it without a state. */
  void giveUp(String why) {
    finish(new GetReply.Failed(name + ": " + why));
  }

  private void finish(GetReply outcome) {
    if (done.compareAndSet(false, true)) {
      ChannelGet ours = request;
      if (ours != null) {
        ours.destroy();
      }
      reply.complete(outcome);
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
