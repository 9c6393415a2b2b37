package org.orrery.epics.client;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.orrery.contract.value.Value;
import org.orrery.epics.CallReply;

/**
 * A client of a control system. Thread-safe.
 *
 * <p>An address is a PV name, with or without the prefix {@code pva://} or {@code ca://}; one
 * client need not speak both. Searching goes on for as long as somebody wants the PV; nothing
 * throws because a server is away.
 */
public interface PvClient extends AutoCloseable {

  /**
   * Subscribes to a PV. The listener is called on the library's threads, one call at a time for one
   * subscription, and must not block: it holds up every PV of the same server. It may be called
   * before this method returns.
   *
   * @throws IllegalArgumentException for an address that this client cannot serve
   * @throws IllegalStateException once closed
   */
  PvSubscription subscribe(String address, PvListener listener);

  /**
   * Writes a value once, on the connection that a subscription holds now: a put never waits for a
   * connection, because what it finds after one may be another device than the one that was looked
   * at. Without a connection it ends at once as {@link PutReply.NoAnswer}, nothing sent. The write
   * is sent at most once: it is never repeated, neither on a reconnection nor after the deadline,
   * and a connection lost in flight ends it as {@link PutReply.NoAnswer}.
   *
   * @param value nothing is converted between units; a choice is checked against the PV's labels
   *     before it is sent
   * @param timeoutNs from now until the answer, wall time
   * @param maySend asked once, on any thread, at the moment before the value is handed to the wire,
   *     up to the timeout from now because the server is asked for its structure first; must not
   *     block. False, or a throw, ends it as {@link PutReply.Withheld}
   * @return completes always, never exceptionally, and on a library thread: go on elsewhere
   */
  CompletableFuture<PutReply> put(
      String address, Value value, long timeoutNs, BooleanSupplier maySend);

  /** The same where nobody can take it back. */
  default CompletableFuture<PutReply> put(String address, Value value, long timeoutNs) {
    return put(address, value, timeoutNs, () -> true);
  }

  /**
   * Reads the PV from its server, past any subscription.
   *
   * @param timeoutNs from now until the answer, wall time
   * @return completes always, never exceptionally, and on a library thread: go on elsewhere
   */
  CompletableFuture<GetReply> get(String address, long timeoutNs);

  /**
   * Calls a remote procedure once; it is never repeated, because nobody knows what it does.
   *
   * @param arguments numbers, texts and arrays by their names, in the order in which they are sent
   * @param timeoutNs from now until the answer, wall time, the search for the service included
   * @return completes always, never exceptionally, and on a library thread: go on elsewhere
   */
  default CompletableFuture<CallReply> call(
      String address, Map<String, Value> arguments, long timeoutNs) {
    return CompletableFuture.completedFuture(
        new CallReply.Failed(address + ": this protocol knows no remote procedure calls"));
  }

  /** Counts since the start. */
  ClientStatistics statistics();

  /** Ends all subscriptions, operations and threads. Open operations end as not answered. */
  @Override
  void close();
}
