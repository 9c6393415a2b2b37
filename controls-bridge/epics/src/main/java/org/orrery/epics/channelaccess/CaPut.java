package org.orrery.epics.channelaccess;

import com.cosylab.epics.caj.CAJChannel;
import gov.aps.jca.CAException;
import gov.aps.jca.CAStatus;
import gov.aps.jca.dbr.DBR;
import gov.aps.jca.dbr.DBRType;
import gov.aps.jca.event.GetEvent;
import gov.aps.jca.event.PutEvent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.client.PutReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One write. Thread-safe. Its stages only move forward, so the value leaves at most once. The
 * library never answers a put whose connection is lost or to which a server reports an error
 * instead of a completion: those end with the link or the deadline.
 */
final class CaPut implements LinkUser {
  private static final Logger LOG = LoggerFactory.getLogger(CaPut.class);

  private enum Stage {
    /** For a choice, the server is asked for its labels. */
    PREPARING,
    /** The value may have left. */
    SENT,
    DONE
  }

  private final String name;
  private final Value value;
  private final BooleanSupplier maySend;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.PREPARING);
  private final CompletableFuture<PutReply> reply = new CompletableFuture<>();

  /**
   * @param maySend asked at the moment before the value leaves
   */
  CaPut(String name, Value value, BooleanSupplier maySend) {
    this.name = name;
    this.value = value;
    this.maySend = maySend;
  }

  CompletableFuture<PutReply> reply() {
    return reply;
  }

  /** A put begins on the link that is there when it is asked for, and on no other. */
  @Override
  public void connected(CaLink link) {}

  @Override
  public void disconnected(CaLink link) {
    giveUp("the connection was lost");
  }

  /** Writes, or ends it at once when there is no connection. */
  void begin(@Nullable CaLink link) {
    boolean began =
        link != null
            && guardedly(
                link,
                channel -> {
                  if (value instanceof Value.ChoiceValue choice
                      && channel.getFieldType() == DBRType.ENUM) {
                    channel.get(DBRType.CTRL_ENUM, 1, answer -> check(link, choice, answer));
                  } else {
                    send(channel);
                  }
                });
    if (!began) {
      giveUp("there is no connection");
    }
  }

  private void check(CaLink link, Value.ChoiceValue choice, GetEvent answer) {
    DBR labels = answer.getDBR();
    if (answer.getStatus() != CAStatus.NORMAL || labels == null) {
      endUnsent(new PutReply.Rejected("its choices cannot be read: " + answer.getStatus(), false));
      return;
    }
    Optional<String> misfit =
        PutWriter.choiceMisfit(DbrReader.metadata(ValueKind.CHOICE, labels).choices(), choice);
    if (misfit.isPresent()) {
      endUnsent(new PutReply.Rejected(misfit.get(), false));
    } else if (!guardedly(link, this::send)) {
      giveUp("the connection was lost");
    }
  }

  /**
   * With the lock of the channel held, so that it is still the channel that was looked at when the
   * value leaves.
   */
  private void send(CAJChannel channel) throws CAException {
    if (stage.get() != Stage.PREPARING) {
      return;
    }
    PutWriter.Encoded encoded =
        PutWriter.encode(value, channel.getFieldType(), channel.getElementCount());
    if (!encoded.misfit().isEmpty()) {
      endUnsent(new PutReply.Rejected(encoded.misfit(), false));
    } else if (!channel.getWriteAccess()) {
      endUnsent(new PutReply.Rejected(name + " is read-only for this client", false));
    } else if (!maySend()) {
      endUnsent(new PutReply.Withheld());
    } else if (stage.compareAndSet(Stage.PREPARING, Stage.SENT)) {
      channel.put(encoded.type(), encoded.count(), encoded.elements(), this::completed);
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

  private boolean guardedly(CaLink link, CaLink.Step step) {
    try {
      return link.perform(step);
    } catch (CAException | IllegalStateException | IllegalArgumentException failed) {
      giveUp("the library refuses: " + failed.getMessage());
      return true;
    }
  }

  private void completed(PutEvent event) {
    CAStatus status = event.getStatus();
    if (status == CAStatus.NORMAL) {
      finish(new PutReply.Completed());
    } else if (status == CAStatus.DISCONN || status == CAStatus.CHANDESTROY) {
      giveUp("the connection was lost");
    } else {
      finish(
          new PutReply.Rejected(
              status == null ? "a status that is not known" : status.getMessage(), true));
    }
  }

  /** Ends it without an answer; what has not left yet will not leave any more. */
  void giveUp(String why) {
    Stage at = stage.getAndSet(Stage.DONE);
    if (at != Stage.DONE) {
      boolean sent = at == Stage.SENT;
      String what = sent ? "the value was sent to " : "nothing was sent to ";
      reply.complete(new PutReply.NoAnswer(what + name + ": " + why, sent));
    }
  }

  /** Ends it, nothing sent, unless it has gone on since. */
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
