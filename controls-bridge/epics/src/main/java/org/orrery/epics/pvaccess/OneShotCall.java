package org.orrery.epics.pvaccess;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.epics.pvaccess.client.Channel;
import org.epics.pvaccess.client.ChannelRPC;
import org.epics.pvaccess.client.ChannelRPCRequester;
import org.epics.pvdata.pv.MessageType;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.Status;
import org.jspecify.annotations.Nullable;
import org.orrery.epics.CallReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One remote procedure call. Thread-safe. It leaves at most once, as {@link OneShotPut} does. */
final class OneShotCall implements ChannelUser, ChannelRPCRequester, Refusable {
  private static final Logger LOG = LoggerFactory.getLogger(OneShotCall.class);

  private final String name;
  private final PVStructure arguments;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean sent = new AtomicBoolean();
  private final AtomicBoolean done = new AtomicBoolean();
  private final CompletableFuture<CallReply> reply = new CompletableFuture<>();
  private volatile @Nullable ChannelRPC request;

  OneShotCall(String name, PVStructure arguments) {
    this.name = name;
    this.arguments = arguments;
  }

  CompletableFuture<CallReply> reply() {
    return reply;
  }

  @Override
  @SuppressWarnings("NullAway") // the library takes null for "no request"
  public void connected(Channel channel, int epoch) {
    if (!started.compareAndSet(false, true)) {
      return;
    }
    ChannelRPC created = channel.createChannelRPC(this, null);
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
  public void channelRPCConnect(Status status, ChannelRPC call) {
    request = call;
    if (!status.isSuccess()) {
      giveUp(Statuses.messageOf(status));
    } else if (!done.get() && sent.compareAndSet(false, true)) {
      call.request(arguments);
    }
  }

  @Override
  public void requestDone(Status status, ChannelRPC call, @Nullable PVStructure answer) {
    if (!status.isSuccess() || answer == null) {
      giveUp(Statuses.messageOf(status));
      return;
    }
    finish(
        CallFields.answer(answer)
            .orElseGet(
                () -> new CallReply.Failed(name + ": the answer is neither a value nor a table")));
  }

  @Override
  public void refuse(String why) {
    giveUp(why);
  }

  /** Ends it without an answer. */
  void giveUp(String why) {
    finish(new CallReply.Failed(name + ": " + why));
  }

  private void finish(CallReply outcome) {
    if (done.compareAndSet(false, true)) {
      ChannelRPC ours = request;
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
