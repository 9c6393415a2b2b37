package org.orrery.epics.pvaccess;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.epics.pvaccess.client.Channel;
import org.epics.pvaccess.client.ChannelProvider;
import org.epics.pvaccess.client.ChannelRPC;
import org.epics.pvaccess.client.ChannelRPCRequester;
import org.epics.pvaccess.client.ChannelRequester;
import org.epics.pvdata.pv.PVStructure;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.value.Value;
import org.orrery.epics.CallReply;

/** One client's channel to one service, server side: calls and nothing else. Thread-safe. */
@SuppressWarnings("NullAway") // the library's contract: null beside an error status
final class ServiceChannel extends BareChannel {
  private final String name;
  private final LocalService service;

  ServiceChannel(
      ChannelProvider provider, String name, LocalService service, ChannelRequester requester) {
    super(provider, name, requester, service.channels());
    this.name = name;
    this.service = service;
  }

  @Override
  public ChannelRPC createChannelRPC(
      ChannelRPCRequester rpcRequester, @Nullable PVStructure pvRequest) {
    Call call = new Call(rpcRequester);
    rpcRequester.channelRPCConnect(Statuses.OK, call);
    return call;
  }

  private CompletionStage<CallReply> ask(PVStructure request) {
    Optional<Map<String, Value>> arguments = CallFields.arguments(request);
    if (arguments.isEmpty()) {
      return CompletableFuture.completedStage(
          new CallReply.Failed(name + " takes NTURI with numbers, texts and arrays in its query"));
    }
    try {
      return service.handler().onCall(arguments.get());
    } catch (RuntimeException thrown) {
      return CompletableFuture.failedStage(thrown);
    }
  }

  /** The calls of one request of the client. */
  private final class Call implements ChannelRPC {
    private final ChannelRPCRequester requester;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile boolean destroyed;

    Call(ChannelRPCRequester requester) {
      this.requester = requester;
    }

    @Override
    public void request(PVStructure request) {
      ask(request)
          .exceptionally(
              failure -> new CallReply.Failed(name + " could not answer: " + failure.getMessage()))
          .thenAccept(this::answer);
    }

    private void answer(CallReply reply) {
      if (destroyed) {
        return;
      }
      switch (reply) {
        case CallReply.Answered answered ->
            requester.requestDone(Statuses.OK, this, CallFields.encode(answered.answer()));
        case CallReply.Failed failed ->
            requester.requestDone(Statuses.error(failed.why()), this, null);
      }
    }

    @Override
    public Channel getChannel() {
      return ServiceChannel.this;
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
}
