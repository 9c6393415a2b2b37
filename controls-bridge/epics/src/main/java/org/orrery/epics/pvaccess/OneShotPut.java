package org.orrery.epics.pvaccess;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.epics.pvaccess.client.Channel;
import org.epics.pvaccess.client.ChannelPut;
import org.epics.pvaccess.client.ChannelPutRequester;
import org.epics.pvdata.copy.CreateRequest;
import org.epics.pvdata.factory.PVDataFactory;
import org.epics.pvdata.misc.BitSet;
import org.epics.pvdata.pv.MessageType;
import org.epics.pvdata.pv.PVStructure;
import org.epics.pvdata.pv.Status;
import org.epics.pvdata.pv.Structure;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.value.Value;
import org.orrery.epics.client.PutReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One write. Thread-safe. Its stages only move forward, so the value leaves at most once, whatever
 * the library calls and however often: a library put that outlives a connection is initialised anew
 * and would write again.
 */
final class OneShotPut implements ChannelUser, ChannelPutRequester, Refusable {
  private static final Logger LOG = LoggerFactory.getLogger(OneShotPut.class);

  /**
   * The record is processed as its field says, and answers when that is done, its device included;
   * without the option QSRV answers at once. A server that does not know it leaves it alone.
   */
  private static final String REQUEST = "record[block=true]field(value)";

  private enum Stage {
    /** Nobody has said yet that there is a connection. */
    WAITING,
    /** The server is asked for the structure of a put. */
    PREPARING,
    /** For a choice, the server is asked for its labels. */
    CHECKING,
    /** The value may have left. */
    SENT,
    DONE
  }

  private final String name;
  private final Value value;
  private final BooleanSupplier maySend;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
  private final CompletableFuture<PutReply> reply = new CompletableFuture<>();
  private volatile @Nullable ChannelPut request;
  private volatile @Nullable Structure structure;

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
  public void connected(Channel channel, int epoch) {
    if (!stage.compareAndSet(Stage.WAITING, Stage.PREPARING)) {
      return;
    }
    ChannelPut created =
        channel.createChannelPut(this, CreateRequest.create().createRequest(REQUEST));
    request = created;
    if (stage.get() == Stage.DONE && created != null) {
      created.destroy();
    }
  }

  @Override
  public void disconnected(int epoch) {
    giveUp("the connection was lost");
  }

  @Override
  public void channelPutConnect(Status status, ChannelPut put, @Nullable Structure offered) {
    request = put;
    if (!status.isSuccess() || offered == null) {
      endUnsent(Stage.PREPARING, new PutReply.Rejected(Statuses.messageOf(status), false));
      return;
    }
    structure = offered;
    if (value instanceof Value.ChoiceValue) {
      if (stage.compareAndSet(Stage.PREPARING, Stage.CHECKING)) {
        put.get();
      }
    } else {
      send(Stage.PREPARING, put, offered);
    }
  }

  @Override
  public void getDone(
      Status status, ChannelPut put, @Nullable PVStructure state, @Nullable BitSet bits) {
    Structure offered = structure;
    if (stage.get() != Stage.CHECKING || offered == null) {
      return;
    }
    if (!status.isSuccess() || state == null) {
      endUnsent(
          Stage.CHECKING,
          new PutReply.Rejected(
              "its choices cannot be read: " + Statuses.messageOf(status), false));
      return;
    }
    Optional<String> misfit = PutEncoder.choiceMisfit(state, (Value.ChoiceValue) value);
    if (misfit.isPresent()) {
      endUnsent(Stage.CHECKING, new PutReply.Rejected(misfit.get(), false));
    } else {
      send(Stage.CHECKING, put, offered);
    }
  }

  private void send(Stage from, ChannelPut put, Structure offered) {
    if (stage.get() != from) {
      return;
    }
    PVStructure target = PVDataFactory.getPVDataCreate().createPVStructure(offered);
    BitSet bits = new BitSet(target.getNumberFields());
    Optional<String> misfit = PutEncoder.encode(value, target, bits);
    if (misfit.isPresent()) {
      endUnsent(from, new PutReply.Rejected(misfit.get(), false));
    } else if (!maySend()) {
      endUnsent(from, new PutReply.Withheld());
    } else if (stage.compareAndSet(from, Stage.SENT)) {
      put.put(target, bits);
    }
  }

  private boolean maySend() {
    try {
      return maySend.getAsBoolean();
    } catch (RuntimeException e) {
      LOG.error("{} is not written: whether it may be could not be told", name, e);
      return false;
    }
  }

  @Override
  public void putDone(Status status, ChannelPut put) {
    finish(
        status.isSuccess()
            ? new PutReply.Completed()
            : new PutReply.Rejected(Statuses.messageOf(status), true));
  }

  @Override
  public void refuse(String why) {
    giveUp(why);
  }

  /** Ends it, nothing sent, unless there is a connection that has taken it up. */
  void nowOrNever() {
    if (stage.get() == Stage.WAITING) {
      giveUp("there is no connection");
    }
  }

  /** Ends it without an answer; what has not left yet will not leave any more. */
  void giveUp(String why) {
    Stage at = stage.get();
    boolean sent = at == Stage.SENT;
    String detail =
        switch (at) {
          case WAITING, PREPARING, CHECKING -> "nothing was sent to " + name + ": " + why;
          case SENT -> "the value was sent to " + name + ": " + why;
          case DONE -> why;
        };
    if (stage.compareAndSet(at, Stage.DONE)) {
      end(new PutReply.NoAnswer(detail, sent));
    } else if (stage.get() != Stage.DONE) {
      giveUp(why);
    }
  }

  /** Ends it, nothing sent, unless it has gone on since. */
  private void endUnsent(Stage from, PutReply outcome) {
    if (stage.compareAndSet(from, Stage.DONE)) {
      end(outcome);
    }
  }

  private void finish(PutReply outcome) {
    if (stage.getAndSet(Stage.DONE) != Stage.DONE) {
      end(outcome);
    }
  }

  private void end(PutReply outcome) {
    ChannelPut ours = request;
    if (ours != null) {
      ours.destroy();
    }
    reply.complete(outcome);
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
