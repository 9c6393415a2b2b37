package org.orrery.epics;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.client.PutReply;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.server.PutDecision;
import org.orrery.epics.server.PutHandler;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;

/** Servers, clients and PVs for the tests of the ports. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class PvRig {
  static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
  static final long T0_NS = 1_800_000_000_123_456_789L;
  static final PvMetadata VOLTS =
      new PvMetadata(
          ValueKind.DOUBLE,
          "kV",
          "cathode voltage",
          new Range(-200, 0),
          new Range(-190, 0),
          new Limits(
              OptionalDouble.of(-185),
              OptionalDouble.of(-182),
              OptionalDouble.of(-178.5),
              OptionalDouble.empty()),
          List.of());

  private static final int LOWEST_PORT = 10_000;
  private static final int HIGHEST_PORT = 20_000;
  private static final int MOST_TRIES = 100;

  private final List<AutoCloseable> toClose = new ArrayList<>();

  /** One implementation of both ports. */
  interface Adapter {
    /** Starts a server on these ports; 0 for any free one. */
    PvServer startServer(int serverPort, int searchPort);

    /** Opens a client that knows these servers. */
    PvClient openClient(HostPort... servers);

    /** Which protocol it speaks and what that can carry. */
    default Protocol protocol() {
      return Protocol.PVA;
    }

    /** Whether its client lets nothing more leave for a server that has gone silent. */
    default boolean abortsSilentConnections() {
      return true;
    }
  }

  /** What an adapter cannot do because its protocol cannot carry it. */
  enum Protocol {
    PVA("pva://", 9_007_199_254_740_993L),
    CA("ca://", Integer.MAX_VALUE);

    private final String prefix;
    private final long largeWhole;

    Protocol(String prefix, long largeWhole) {
      this.prefix = prefix;
      this.largeWhole = largeWhole;
    }

    /** What an address of it begins with. */
    String prefix() {
      return prefix;
    }

    /** A whole number as large as it carries; over pvAccess one that no double holds. */
    long largeWhole() {
      return largeWhole;
    }

    /** What a client sees of a description: Channel Access has no words for a PV. */
    PvMetadata seen(PvMetadata served) {
      return this == PVA
          ? served
          : new PvMetadata(
              served.kind(),
              served.egu(),
              "",
              served.display(),
              served.control(),
              served.alarm(),
              served.choices());
    }

    /** How a client hears a refusal: Channel Access carries a number only. */
    String refusal(String words) {
      return this == PVA ? words : "Could not perform a database value put for that channel";
    }

    /** Channel Access says so when a channel connects, so that nothing is sent. */
    PutReply readOnly(String name) {
      return this == PVA
          ? new PutReply.Rejected(name + " is read-only", true)
          : new PutReply.Rejected(name + " is read-only for this client", false);
    }

    /** Whether the server is asked for its structure before a value leaves. */
    boolean asksBeforeAPut() {
      return this == PVA;
    }

    /** Channel Access tells of a PV's description by a subscription of its own. */
    int subscriptionsPerPv() {
      return this == PVA ? 1 : 2;
    }

    /** Whether an update says that it replaced others. */
    boolean marksLostUpdates() {
      return this == PVA;
    }
  }

  final Adapter adapter;
  final Protocol protocol;

  PvRig(Adapter adapter) {
    this.adapter = adapter;
    this.protocol = adapter.protocol();
  }

  /** Has it closed after the test. */
  final <T extends AutoCloseable> T closing(T resource) {
    toClose.add(resource);
    return resource;
  }

  /** On ports that no client's connection can hold, so that it can start there again. */
  final PvServer server() {
    for (int tries = 0; ; tries++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
      try {
        return closing(adapter.startServer(port, port + 1));
      } catch (EpicsException taken) {
        if (tries == MOST_TRIES) {
          throw taken;
        }
      }
    }
  }

  final PvClient client(PvServer... servers) {
    HostPort[] addresses = new HostPort[servers.length];
    for (int i = 0; i < servers.length; i++) {
      addresses[i] = servers[i].searchAddress();
    }
    return closing(adapter.openClient(addresses));
  }

  /** Has the client connected to these PVs, without which it puts nothing. */
  final PvClient connected(PvClient client, String... names) {
    for (String name : names) {
      Listening listening = new Listening();
      closing(client.subscribe(name, listening));
      listening.awaitConnected(1);
    }
    return client;
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : toClose.reversed()) {
      each.close();
    }
  }

  static PvMetadata plain(ValueKind kind, String... choices) {
    return new PvMetadata(kind, "", "", Range.NONE, Range.NONE, Limits.NONE, List.of(choices));
  }

  /** A state whose alarm any protocol carries. */
  static PvState alarmed(Value value, Severity severity, long timeNs) {
    return severity == Severity.NONE
        ? PvState.normal(value, timeNs)
        : new PvState(value, severity, 1, "STATE", timeNs);
  }

  static PvState volts(double value) {
    return PvState.normal(Value.of(value), T0_NS);
  }

  static ServedPv serveVolts(PvServer server, String name, double value) {
    return server.create(PvDefinition.readOnly(name, VOLTS), volts(value));
  }

  static PutHandler accepting(List<Value> taken) {
    return value -> {
      taken.add(value);
      return CompletableFuture.completedStage(new PutDecision.Accepted());
    };
  }
}
