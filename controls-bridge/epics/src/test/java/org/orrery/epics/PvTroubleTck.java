package org.orrery.epics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.orrery.contract.facility.Limits;
import org.orrery.contract.value.Value;
import org.orrery.contract.value.ValueKind;
import org.orrery.epics.client.GetReply;
import org.orrery.epics.client.PutReply;
import org.orrery.epics.client.PvClient;
import org.orrery.epics.client.PvSubscription;
import org.orrery.epics.server.PvDefinition;
import org.orrery.epics.server.PvServer;
import org.orrery.epics.server.PvState;
import org.orrery.epics.server.ServedPv;

/** What every client adapter does when servers hang and when PVs are not what they were. */
abstract class PvTroubleTck extends PvRig {
  private static final PvMetadata STRICTER_VOLTS =
      new PvMetadata(
          ValueKind.DOUBLE,
          "V",
          "cathode voltage",
          new Range(-200_000, 0),
          new Range(-175_000, -1_000),
          new Limits(
              OptionalDouble.empty(),
              OptionalDouble.of(-172_000),
              OptionalDouble.empty(),
              OptionalDouble.of(-500)),
          List.of());

  PvTroubleTck(Adapter adapter) {
    super(adapter);
  }

  private PvServer again(PvServer gone) {
    return closing(adapter.startServer(gone.serverAddress().port(), gone.searchAddress().port()));
  }

  @Test
  void shouldConnectTwoThousandPvsAndFindThemAgainAfterARestart() {
    // Given
    int count = 2_000;
    PvServer first = server();
    for (int i = 0; i < count; i++) {
      serveVolts(first, "T:M" + i, i);
    }
    PvClient client = client(first);
    Listening listening = new Listening();
    // When
    for (int i = 0; i < count; i++) {
      client.subscribe("T:M" + i, listening);
    }
    listening.awaitUpdates(count);
    first.close();
    Listening.until("the loss of all", () -> listening.disconnections() == count);
    PvServer second = again(first);
    for (int i = 0; i < count; i++) {
      serveVolts(second, "T:M" + i, count + i);
    }
    // Then
    listening.awaitUpdates(2 * count);
    assertThat(client.statistics().connected()).isEqualTo(count);
    assertThat(listening.connections()).hasSize(2 * count);
    assertThat(listening.updates()).allMatch(PvUpdate::snapshot);
  }

  @Test
  void shouldReadAPvThatChangedItsTypeAsWhatItIsNow() throws Exception {
    // Given
    PvServer first = server();
    serveVolts(first, "T:V", -180);
    PvClient client = client(first);
    Listening listening = new Listening();
    client.subscribe("T:V", listening);
    listening.awaitUpdates(1);
    List<Value> taken = new CopyOnWriteArrayList<>();
    PvMetadata switched = plain(ValueKind.CHOICE, "OFF", "ON");
    Value on = new Value.ChoiceValue(1, "ON");
    // When
    first.close();
    PvServer second = again(first);
    second.create(
        PvDefinition.writable("T:V", switched, accepting(taken)), PvState.normal(on, T0_NS));
    listening.awaitConnected(2).awaitUpdates(2);
    PutReply volts = client.put("T:V", Value.of(-180.0), 5 * SECOND_NS).get();
    PutReply choice = client.put("T:V", on, 5 * SECOND_NS).get();
    // Then
    assertThat(listening.connections()).containsExactly(protocol.seen(VOLTS), switched);
    assertThat(listening.updates()).extracting(PvUpdate::value).containsExactly(Value.of(-180), on);
    assertThat(volts)
        .isInstanceOfSatisfying(
            PutReply.Rejected.class, no -> assertThat(no.mayHaveBeenWritten()).isFalse());
    assertThat(choice).isEqualTo(new PutReply.Completed());
    assertThat(taken).containsExactly(on);
  }

  @Test
  void shouldTellOfADescriptionThatChangesOnAnOpenConnection() throws Exception {
    // Given
    PvServer server = server();
    ServedPv volts = serveVolts(server, "T:V", -180);
    ServedPv valve =
        server.create(
            PvDefinition.readOnly("T:C", plain(ValueKind.CHOICE, "OFF", "ON")),
            PvState.normal(new Value.ChoiceValue(1, "ON"), T0_NS));
    PvClient client = client(server);
    Listening heard = new Listening();
    Listening labels = new Listening();
    client.subscribe("T:V", heard);
    client.subscribe("T:C", labels);
    heard.awaitUpdates(1);
    labels.awaitUpdates(1);
    PvMetadata renamed = plain(ValueKind.CHOICE, "CLOSED", "OPEN", "STUCK");
    // When
    volts.describe(STRICTER_VOLTS);
    valve.describe(renamed);
    Listening.until("the new limits", () -> !heard.changes().isEmpty());
    Listening.until("the new labels", () -> !labels.changes().isEmpty());
    Value stuck = new Value.ChoiceValue(2, "STUCK");
    volts.post(volts(-170_000));
    valve.post(PvState.normal(stuck, T0_NS + 1));
    // Then
    heard.awaitUpdate("the value after it", u -> u.value().equals(Value.of(-170_000)));
    labels.awaitUpdate("the new choice", u -> u.value().equals(stuck));
    assertThat(heard.changes()).containsExactly(protocol.seen(STRICTER_VOLTS));
    assertThat(labels.changes()).containsExactly(renamed);
    assertThat(heard.connections()).containsExactly(protocol.seen(VOLTS));
    assertThat(heard.disconnections() + labels.disconnections()).isZero();
    assertThat(client.get("T:V", 30 * SECOND_NS).get())
        .isInstanceOfSatisfying(
            GetReply.Got.class,
            got -> assertThat(got.metadata()).isEqualTo(protocol.seen(STRICTER_VOLTS)));
  }

  @Test
  void shouldNotLoseADescriptionThatChangesInABurst() {
    // Given
    PvServer server = server();
    ServedPv pv = serveVolts(server, "T:V", 0);
    Listening listening = new Listening();
    client(server).subscribe("T:V", listening);
    listening.awaitUpdates(1);
    int posts = 20_000;
    // When
    for (int i = 1; i <= posts; i++) {
      pv.post(PvState.normal(Value.of(i), T0_NS + i));
      if (i == posts / 2) {
        pv.describe(STRICTER_VOLTS);
      }
    }
    listening.awaitUpdate("the last value", update -> update.timeNs() == T0_NS + posts);
    // Then
    Listening.until("the new limits", () -> !listening.changes().isEmpty());
    assertThat(server.statistics().merged()).isPositive();
    assertThat(listening.changes()).containsExactly(protocol.seen(STRICTER_VOLTS));
  }

  @Test
  void shouldPutNothingToAPvThatIsNotServedAnyMoreAndFindItWhenItIs() throws Exception {
    // Given
    PvServer server = server();
    List<Value> taken = new CopyOnWriteArrayList<>();
    PvDefinition set = PvDefinition.writable("T:SET", VOLTS, accepting(taken));
    ServedPv served = server.create(set, volts(1));
    serveVolts(server, "T:STEADY", 0);
    PvClient client = client(server);
    Listening listening = new Listening();
    Listening steady = new Listening();
    client.subscribe("T:SET", listening);
    client.subscribe("T:STEADY", steady);
    listening.awaitUpdates(1);
    steady.awaitUpdates(1);
    // When
    served.close();
    Listening.until("the loss of the PV", () -> listening.disconnections() == 1);
    PutReply gone = client.put("T:SET", Value.of(2.0), 5 * SECOND_NS).get();
    server.create(set, volts(3));
    listening.awaitConnected(2).awaitUpdates(2);
    // Then
    assertThat(gone)
        .isInstanceOfSatisfying(
            PutReply.NoAnswer.class, none -> assertThat(none.mayHaveBeenWritten()).isFalse());
    assertThat(taken).isEmpty();
    assertThat(listening.updates())
        .extracting(PvUpdate::value)
        .containsExactly(Value.of(1), Value.of(3));
    assertThat(steady.disconnections()).isZero();
  }

  @Test
  void shouldTellWhichServerAPvIsOnAndWasOnLast() {
    // Given
    PvServer one = server();
    PvServer other = server();
    serveVolts(one, "T:ONE", 1);
    serveVolts(other, "T:OTHER", 2);
    PvClient client = client(one, other);
    Listening listening = new Listening();
    // When
    PvSubscription nowhere = client.subscribe("T:NOWHERE", new Listening());
    PvSubscription onOne = client.subscribe("T:ONE", listening);
    PvSubscription onOther = client.subscribe("T:OTHER", listening);
    listening.awaitUpdates(2);
    String whileConnected = onOne.server();
    one.close();
    Listening.until("the loss of one server", () -> listening.disconnections() == 1);
    // Then
    assertThat(nowhere.server()).isEmpty();
    assertThat(whileConnected).isEqualTo(one.serverAddress().toString());
    assertThat(onOne.server()).isEqualTo(whileConnected);
    assertThat(onOther.server()).isEqualTo(other.serverAddress().toString());
  }

  @Test
  void shouldTakeASilentServerForGoneWhileOthersGoOnAndFindItAgain() throws Exception {
    // Given
    ServerProcess hanging = closing(ServerProcess.start(adapter.getClass()));
    PvServer other = server();
    ServedPv alive = serveVolts(other, "T:ALIVE", 0);
    PvClient client = closing(adapter.openClient(hanging.searchAddress(), other.searchAddress()));
    Listening tick = new Listening();
    Listening living = new Listening();
    PvSubscription ticking = client.subscribe("T:TICK", tick);
    client.subscribe("T:ALIVE", living);
    connected(client, "T:SET");
    tick.awaitUpdates(2);
    living.awaitUpdates(1);
    // When
    hanging.freeze();
    CompletableFuture<PutReply> put = client.put("T:SET", Value.of(-1.0), 60 * SECOND_NS);
    List<Value> posted = new ArrayList<>();
    while (tick.disconnections() == 0 && posted.size() < 1_000) {
      alive.post(volts(posted.size()));
      posted.add(Value.of(posted.size()));
      living.awaitUpdates(posted.size() + 1);
      Thread.sleep(50);
    }
    PutReply unanswered = put.get(5, TimeUnit.SECONDS);
    PutReply late = client.put("T:SET", Value.of(-2.0), 60 * SECOND_NS).get(5, TimeUnit.SECONDS);
    if (adapter.abortsSilentConnections()) {
      Listening.until("nothing more to leave", () -> closingTo(ticking.server()).isEmpty());
    }
    hanging.thaw();
    tick.awaitConnected(2);
    // Then
    assertThat(tick.disconnections()).isEqualTo(1);
    assertThat(living.disconnections()).isZero();
    assertThat(unanswered)
        .isInstanceOfSatisfying(
            PutReply.NoAnswer.class,
            none -> assertThat(none.mayHaveBeenWritten()).isEqualTo(!protocol.asksBeforeAPut()));
    assertThat(late)
        .isInstanceOfSatisfying(
            PutReply.NoAnswer.class, none -> assertThat(none.mayHaveBeenWritten()).isFalse());
    connected(client, "T:SET");
    assertThat(client.put("T:SET", Value.of(-3.0), 30 * SECOND_NS).get())
        .isEqualTo(new PutReply.Completed());
  }

  /** Connections that the system still brings to an end, and what has not left on them. */
  private static List<String> closingTo(String server) {
    int port = Integer.parseInt(server.substring(server.lastIndexOf(':') + 1));
    Pattern closing = Pattern.compile(": \\S+ \\S+:%04X 0[45] ".formatted(port));
    return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
        .map(Path::of)
        .filter(Files::exists)
        .flatMap(PvTroubleTck::lines)
        .filter(line -> closing.matcher(line).find())
        .toList();
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
