package org.orrery.gateway.runtime;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.orrery.contract.value.Value;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.PvUpdate;
import org.orrery.epics.Range;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.client.PvListener;
import org.orrery.epics.client.PvSubscription;
import org.orrery.gateway.core.ControlSystem;

/** EPICS as the gateway's control system. Thread-safe. */
final class PvControlSystem implements ControlSystem, AutoCloseable {
  private final PvClient client;

  PvControlSystem(PvClient client) {
    this.client = client;
  }

  @Override
  public Link subscribe(String address, Listener listener) {
    PvSubscription subscription = client.subscribe(address, new Forwarder(listener));
    return new Link() {
      @Override
      public void close() {
        subscription.close();
      }

      @Override
      public String server() {
        return subscription.server();
      }
    };
  }

  @Override
  public void put(
      String address,
      Value value,
      long timeoutNs,
      BooleanSupplier maySend,
      Consumer<PutReply> done) {
    client
        .put(address, value, timeoutNs, maySend)
        .whenComplete(
            (reply, failure) ->
                done.accept(
                    reply == null
                        ? new PutReply.NoAnswer("the client failed: " + failure, true)
                        : translate(reply)));
  }

  @Override
  public void get(String address, long timeoutNs, Consumer<GetReply> done) {
    client
        .get(address, timeoutNs)
        .whenComplete(
            (reply, failure) ->
                done.accept(
                    reply == null
                        ? new GetReply.Failed("the client failed: " + failure)
                        : translate(reply)));
  }

  @Override
  public void close() {
    client.close();
  }

  private static PutReply translate(org.orrery.epics.client.PutReply reply) {
    return switch (reply) {
      case org.orrery.epics.client.PutReply.Completed completed -> new PutReply.Completed();
      case org.orrery.epics.client.PutReply.Rejected rejected ->
          new PutReply.Rejected(rejected.message(), rejected.mayHaveBeenWritten());
      case org.orrery.epics.client.PutReply.Withheld withheld -> new PutReply.Withheld();
      case org.orrery.epics.client.PutReply.NoAnswer none ->
          new PutReply.NoAnswer(none.why(), none.mayHaveBeenWritten());
    };
  }

  private static GetReply translate(org.orrery.epics.client.GetReply reply) {
    return switch (reply) {
      case org.orrery.epics.client.GetReply.Got got ->
          new GetReply.Got(translate(got.metadata()), translate(got.update()));
      case org.orrery.epics.client.GetReply.Failed failed -> new GetReply.Failed(failed.why());
    };
  }

  private static Description translate(PvMetadata metadata) {
    Range control = metadata.control();
    return new Description(
        metadata.kind(),
        metadata.egu(),
        metadata.choices(),
        control.isStated() && control.low() < control.high()
            ? Optional.of(new Accepted(control.low(), control.high()))
            : Optional.empty());
  }

  private static Update translate(PvUpdate update) {
    return new Update(
        update.value(), update.severity(), update.message(), update.timeNs(), update.lostBefore());
  }

  private record Forwarder(Listener listener) implements PvListener {
    @Override
    public void onConnected(PvMetadata metadata) {
      listener.onConnected(translate(metadata));
    }

    @Override
    public void onDisconnected() {
      listener.onDisconnected();
    }

    @Override
    public void onUpdate(PvUpdate update) {
      listener.onUpdate(translate(update));
    }

    @Override
    public void onMetadataChanged(PvMetadata metadata) {
      listener.onDescriptionChanged(translate(metadata));
    }

    @Override
    public void onRefused(String reason) {
      listener.onRefused(reason);
    }
  }
}
