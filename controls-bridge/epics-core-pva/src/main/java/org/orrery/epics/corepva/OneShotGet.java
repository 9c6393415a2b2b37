package org.orrery.epics.corepva;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.epics.pva.client.PVAChannel;
import org.epics.pva.data.PVAStructure;
import org.jspecify.annotations.Nullable;
import org.orrery.epics.client.GetReply;

/** One read. Thread-safe. Ends by a deadline of ours: the library's may never. */
final class OneShotGet implements ChannelUser {
  private final String name;
  private final AtomicBoolean started = new AtomicBoolean();
  private final CompletableFuture<GetReply> reply = new CompletableFuture<>();

  OneShotGet(String name) {
    this.name = name;
  }

  CompletableFuture<GetReply> reply() {
    return reply;
  }

  @Override
  public void connected(PVAChannel channel, int epoch) {
    if (started.compareAndSet(false, true)) {
      var unused = channel.read("").whenComplete(this::answered);
    }
  }

  private void answered(@Nullable PVAStructure state, @Nullable Throwable failure) {
    if (state == null) {
      giveUp(Answers.why(failure));
      return;
    }
    reply.complete(
        UpdateDecoder.metadata(state)
            .<GetReply>map(
                metadata ->
                    new GetReply.Got(metadata, UpdateDecoder.update(state, metadata, true, false)))
            .orElseGet(
                () -> new GetReply.Failed(name + ": its value is of a kind that is not read")));
  }

  @Override
  public void disconnected(int epoch) {
    if (started.get()) {
      giveUp("the connection was lost");
    }
  }

  /** Ends it without a state. */
  void giveUp(String why) {
    reply.complete(new GetReply.Failed(name + ": " + why));
  }
}
