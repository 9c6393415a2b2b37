package org.orrery.epics.channelaccess;

import com.cosylab.epics.caj.CAJChannel;
import gov.aps.jca.CAException;
import gov.aps.jca.CAStatus;
import gov.aps.jca.dbr.DBR;
import gov.aps.jca.dbr.DBRType;
import gov.aps.jca.event.GetEvent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.client.GetReply;

/** One read: the PV's description and then its state. Thread-safe. */
final class CaGet implements LinkUser {
  private final String name;
  private final AtomicBoolean started = new AtomicBoolean();
  private final CompletableFuture<GetReply> reply = new CompletableFuture<>();

  CaGet(String name) {
    this.name = name;
  }

  CompletableFuture<GetReply> reply() {
    return reply;
  }

  @Override
  public void connected(CaLink link) {
    if (started.compareAndSet(false, true)) {
      guardedly(link, channel -> begin(link, channel));
    }
  }

  @Override
  public void disconnected(CaLink link) {
    if (started.get()) {
      giveUp("the connection was lost");
    }
  }

  private void begin(CaLink link, CAJChannel channel) throws CAException {
    DBRType type = channel.getFieldType();
    int count = channel.getElementCount();
    Optional<ValueKind> kind = DbrReader.kind(type, count);
    if (kind.isEmpty()) {
      giveUp("its value is of a kind that is not read");
      return;
    }
    if (DbrReader.bytes(type, count) > link.context().getMaxArrayBytes()) {
      giveUp("its array is larger than what is accepted");
      return;
    }
    Optional<DBRType> description = DbrReader.descriptionType(kind.get());
    if (description.isPresent()) {
      channel.get(description.get(), 1, answer -> described(link, kind.get(), answer));
    } else {
      askState(channel, DbrReader.bareMetadata(kind.get()));
    }
  }

  private void described(CaLink link, ValueKind kind, GetEvent answer) {
    DBR description = answer.getDBR();
    if (answer.getStatus() != CAStatus.NORMAL || description == null) {
      giveUp("it does not describe itself: " + answer.getStatus());
      return;
    }
    PvMetadata metadata = DbrReader.metadata(kind, description);
    guardedly(link, channel -> askState(channel, metadata));
  }

  private void askState(CAJChannel channel, PvMetadata metadata) throws CAException {
    channel.get(
        DbrReader.stateType(channel.getFieldType()),
        channel.getElementCount() == 1 ? 1 : 0,
        answer -> got(metadata, answer));
  }

  private void got(PvMetadata metadata, GetEvent answer) {
    if (answer.getStatus() != CAStatus.NORMAL) {
      giveUp("it does not answer: " + answer.getStatus());
      return;
    }
    DbrReader.update(answer.getDBR(), metadata, true)
        .ifPresentOrElse(
            state -> reply.complete(new GetReply.Got(metadata, state)),
            () -> giveUp("its answer holds no value"));
  }

  private void guardedly(CaLink link, CaLink.Step step) {
    try {
      if (!link.perform(step)) {
        giveUp("the connection was lost");
      }
    } catch (CAException | IllegalStateException | IllegalArgumentException failed) {
      giveUp("the library refuses: " + failed.getMessage());
    }
  }

  /** Ends it without a state. */
  void giveUp(String why) {
    reply.complete(new GetReply.Failed(name + ": " + why));
  }
}
