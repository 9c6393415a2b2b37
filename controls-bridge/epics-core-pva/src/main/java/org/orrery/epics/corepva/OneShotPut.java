package org.orrery.epics.corepva;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.epics.pva.client.PVAChannel;
import org.epics.pva.data.PVAStructure;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.value.Value;
import org.orrery.epics.client.PutReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One write. Thread-safe. Its stages only move forward, so the value leaves at most once.
 *
 * <p>The PV is read first: a value that the library cannot convert is only logged by it and its
 * future never completes. The library asks for the value when it writes it to the wire, and what it
 * is given is a {@link LastMoment}, which asks {@link #leave()} whether the value may go.
 */
final class OneShotPut implements ChannelUser {
  private static final Logger LOG = LoggerFactory.getLogger(OneShotPut.class);
  private static final String VALUE = "field(value)";

  private enum Stage {
    /** Nobody has said yet that there is a connection. */
    WAITING,
    /** The server is asked for the PV's type, and its choices. */
    PREPARING,
    /** The value may have left. */
    SENT,
    DONE
  }

  private final String name;
  private final Value value;
  private final BooleanSupplier maySend;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
  private final CompletableFuture<PutReply> reply = new CompletableFuture<>();

  /**
   * @param maySend asked at the moment before the value leaves
   */
  OneShotPut(String name, Value value, BooleanSupplier maySend) {
    this.name = name;
    this.value = value;
    this.maySend = maySend;
  }

  CompletableFuture<PutReply> reply() {
    return reply;
  }

  @Override
  public void connected(PVAChannel channel, int epoch) {
    if (stage.compareAndSet(Stage.WAITING, Stage.PREPARING)) {
      var unused =
          channel.read(VALUE).whenComplete((state, failure) -> known(channel, state, failure));
    }
  }

  private void known(
      PVAChannel channel, @Nullable PVAStructure state, @Nullable Throwable failure) {
    if (stage.get() != Stage.PREPARING) {
      return;
    }
    if (state == null) {
      endUnsent(new PutReply.Rejected("it cannot be read: " + Answers.why(failure), false));
      return;
    }
    Optional<String> misfit = PutCheck.misfit(value, state);
    if (misfit.isPresent()) {
      endUnsent(new PutReply.Rejected(misfit.get(), false));
      return;
    }
    try {
      var unused =
          channel
              .write(true, VALUE, LastMoment.of(value, this::leave))
              .whenComplete((nothing, refused) -> answered(refused));
    } catch (Exception gone) {
      giveUp(Answers.why(gone));
    }
  }

  /** Whether the value may leave now; once, and never after the end. */
  private boolean leave() {
    if (stage.get() != Stage.PREPARING) {
      return false;
    }
    if (!maySend()) {
      endUnsent(new PutReply.Withheld());
      return false;
    }
    return stage.compareAndSet(Stage.PREPARING, Stage.SENT);
  }

  private boolean maySend() {
    try {
      return maySend.getAsBoolean();
    } catch (RuntimeException e) {
      LOG.error("{} is not written: whether it may be could not be told", name, e);
      return false;
    }
  }

  private void answered(@Nullable Throwable refused) {
    if (refused == null) {
      finish(new PutReply.Completed());
      return;
    }
    Optional<String> words = Answers.refusal(refused);
    if (words.isPresent()) {
      finish(new PutReply.Rejected(words.get(), stage.get() == Stage.SENT));
    } else {
      giveUp(Answers.why(refused));
    }
  }

  @Override
  public void disconnected(int epoch) {
    giveUp("the connection was lost");
  }

  /** Ends it, nothing sent, unless there is a connection that has taken it up. */
  void nowOrNever() {
    if (stage.get() == Stage.WAITING) {
      giveUp("there is no connection");
    }
  }

  /** Ends it without an answer; what has not left yet will not leave any more. */
  void giveUp(String why) {
    Stage at = stage.getAndSet(Stage.DONE);
    switch (at) {
      case WAITING, PREPARING ->
          reply.complete(new PutReply.NoAnswer("nothing was sent to " + name + ": " + why, false));
      case SENT ->
          reply.complete(new PutReply.NoAnswer("the value was sent to " + name + ": " + why, true));
      case DONE -> {}
    }
  }

  private void endUnsent(PutReply outcome) {
    if (stage.compareAndSet(Stage.PREPARING, Stage.DONE)) {
      reply.complete(outcome);
    }
  }

  private void finish(PutReply outcome) {
    if (stage.getAndSet(Stage.DONE) != Stage.DONE) {
      reply.complete(outcome);
    }
  }
}
