package org.orrery.epics.corepva;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.epics.pva.client.PVAChannel;
import org.epics.pva.data.PVAStructure;
import org.jspecify.annotations.Nullable;
import org.orrery.epics.CallReply;

/**
 * One remote procedure call, sent at most once. Thread-safe.
 *
 * <p>The library only logs a service's refusal and never completes the call, so a refusal ends by
 * the deadline.
 */
final class OneShotCall implements ChannelUser {
  private final String name;
  private final PVAStructure arguments;
  private final AtomicBoolean started = new AtomicBoolean();
  private final CompletableFuture<CallReply> reply = new CompletableFuture<>();

  OneShotCall(String name, PVAStructure arguments) {
    this.name = name;
    this.arguments = arguments;
  }

  CompletableFuture<CallReply> reply() {
    return reply;
  }

  @Override
  public void connected(PVAChannel channel, int epoch) {
    if (started.compareAndSet(false, true)) {
      var unused = channel.invoke(arguments).whenComplete(this::answered);
    }
  }

  private void answered(@Nullable PVAStructure answer, @Nullable Throwable failure) {
    if (answer == null) {
      giveUp(Answers.why(failure));
      return;
    }
    reply.complete(
        CallFields.answer(answer)
            .orElseGet(
                () -> new CallReply.Failed(name + ": the answer is neither a value nor a table")));
  }

  @Override
  public void disconnected(int epoch) {
    if (started.get()) {
      giveUp("the connection was lost");
    }
  }

  /** Ends it without an answer. */
  void giveUp(String why) {
    reply.complete(new CallReply.Failed(name + ": " + why));
  }
}
