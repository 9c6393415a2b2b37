package org.orrery.gateway.core;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Closeness;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;

/**
 * The control system as the gateway sees it: EPICS in the running system, a stand-in in the lab.
 * Thread-safe; calls back on any thread. Nothing throws because a server is away: it goes on
 * looking for it.
 */
public interface ControlSystem {
  /**
   * Listens to a PV until the returned handle is closed.
   *
   * @throws IllegalArgumentException for an address that cannot be served
   */
  Link subscribe(String address, Listener listener);

  /**
   * Writes a value once, on the connection that is there: without one nothing is ever sent. It is
   * sent at most once, and never again on a reconnection or after the deadline.
   *
   * @param timeoutNs from now until the answer, wall ns
   * @param maySend asked on any thread at the moment before the value is handed to the wire, which
   *     may be as late as the timeout; false ends it as {@link PutReply.Withheld}
   * @param done called once
   */
  void put(
      String address,
      Value value,
      long timeoutNs,
      BooleanSupplier maySend,
      Consumer<PutReply> done);

  /**
   * Reads a PV from its server, past any subscription.
   *
   * @param timeoutNs from now until the answer, wall ns
   * @param done called once
   */
  void get(String address, long timeoutNs, Consumer<GetReply> done);

  /** Something open that can be closed; closing twice is harmless. */
  interface Link {
    void close();

    /** The server that it is, or was last, connected to; empty where nobody knows. */
    default String server() {
      return "";
    }
  }

  /** Hears of one PV: one call at a time, in order; must not block. */
  interface Listener {
    /** Connected; its first state follows. Called again after every reconnection. */
    void onConnected(Description description);

    void onDisconnected();

    void onUpdate(Update update);

    /** The PV says something else about itself than it did, on the same connection. */
    void onDescriptionChanged(Description description);

    /** The server is there but does not give the PV. */
    void onRefused(String reason);
  }

  /**
   * What a PV says about itself.
   *
   * @param kind the kind of its values
   * @param egu engineering unit; empty for none
   * @param choices labels in order; empty for other kinds
   * @param accepted what its source takes in a put; empty where it does not say
   */
  record Description(
      ValueKind kind, String egu, List<String> choices, Optional<Accepted> accepted) {
    public Description {
      choices = List.copyOf(choices);
    }

    /** Of a PV that does not say what it takes. */
    public Description(ValueKind kind, String egu, List<String> choices) {
      this(kind, egu, choices, Optional.empty());
    }
  }

  /**
   * What a source takes in a put, in the PV's own unit.
   *
   * @param low lowest value
   * @param high highest value
   */
  record Accepted(double low, double high) {
    boolean holds(Value number) {
      return Closeness.within(number, low, high);
    }
  }

  /**
   * The full state of a PV.
   *
   * @param value in the PV's own unit
   * @param message alarm message; empty for none
   * @param timeNs source time, plant ns
   * @param lostBefore updates known to be lost before this one, a lower bound
   */
  record Update(Value value, Severity severity, String message, long timeNs, long lostBefore) {}

  /** What became of a put. */
  sealed interface PutReply {
    /** The device took it. */
    record Completed() implements PutReply {}

    /**
     * The device, or a check before sending, said no.
     *
     * @param mayHaveBeenWritten false when the value certainly never left; a device may report an
     *     error after it has taken the value
     */
    record Rejected(String message, boolean mayHaveBeenWritten) implements PutReply {}

    /** It was taken back right before it would have left: nothing was sent. */
    record Withheld() implements PutReply {}

    /**
     * No answer came.
     *
     * @param mayHaveBeenWritten false when the value certainly never left
     */
    record NoAnswer(String why, boolean mayHaveBeenWritten) implements PutReply {}
  }

  /** What became of a get. */
  sealed interface GetReply {
    /** The PV's state at its server. */
    record Got(Description description, Update update) implements GetReply {}

    /** No state. */
    record Failed(String why) implements GetReply {}
  }
}
