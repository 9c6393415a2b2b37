package org.orrery.server.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The one multiplexed live stream as server-sent events. A page that reads slowly gets no queue of
 * old values: while its socket is full it is skipped, and afterwards gets everything that changed
 * since its last tick, once. Not thread-safe: the server's event loop owns it.
 */
final class StreamHub {
  private static final int MOST_CLIENTS = 200;

  private final LiveState live;
  private final List<Client> clients = new ArrayList<>();
  private long eventId;

  StreamHub(LiveState live) {
    this.live = live;
  }

  private static final class Client {
    final HttpServerResponse response;
    final BooleanSupplier mayStay;
    long seenVersion;

    /** Kinds of changes that this client missed while its socket was full. */
    final Set<String> missed = new HashSet<>();

    Client(HttpServerResponse response, BooleanSupplier mayStay, long seenVersion) {
      this.response = response;
      this.mayStay = mayStay;
      this.seenVersion = seenVersion;
    }
  }

  /**
   * Begins a stream.
   *
   * @param mayStay false once this page may read no more; its stream ends then
   */
  void connect(RoutingContext context, BooleanSupplier mayStay) {
    if (clients.size() >= MOST_CLIENTS) {
      context.response().setStatusCode(503).end();
      return;
    }
    HttpServerResponse response = context.response();
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Accel-Buffering", "no");
    Client client = new Client(response, mayStay, live.version());
    response.closeHandler(ignored -> clients.remove(client));
    response.exceptionHandler(ignored -> clients.remove(client));
    send(client, "snapshot", Json.write(live.snapshot()));
    clients.add(client);
  }

  /** How many pages listen. */
  int size() {
    return clients.size();
  }

  /** Sends every client what changed since its last tick. */
  void tick() {
    endSignedOut();
    for (Client client : List.copyOf(clients)) {
      if (client.response.writeQueueFull()) {
        continue;
      }
      if (!client.missed.isEmpty()) {
        client.missed.clear();
        send(client, "snapshot", Json.write(live.snapshot()));
      } else {
        send(client, "tick", Json.write(live.tick(client.seenVersion)));
      }
      client.seenVersion = live.version();
    }
  }

  private void endSignedOut() {
    for (Client client : List.copyOf(clients)) {
      if (!client.mayStay.getAsBoolean()) {
        clients.remove(client);
        client.response.end();
      }
    }
  }

  /**
   * Sends every client one change; a client that cannot take it now gets a whole snapshot later.
   */
  void send(String event, JsonNode data) {
    send(event, () -> data);
  }

  /** The same, of data that is made only where somebody listens. */
  void send(String event, Supplier<? extends JsonNode> data) {
    if (clients.isEmpty()) {
      return;
    }
    endSignedOut();
    String text = Json.write(data.get());
    for (Client client : List.copyOf(clients)) {
      if (client.response.writeQueueFull()) {
        client.missed.add(event);
      } else {
        send(client, event, text);
      }
    }
  }

  void close() {
    List.copyOf(clients).forEach(client -> client.response.end());
    clients.clear();
  }

  private void send(Client client, String event, String data) {
    client.response.write("id: " + ++eventId + "\nevent: " + event + "\ndata: " + data + "\n\n");
  }
}
