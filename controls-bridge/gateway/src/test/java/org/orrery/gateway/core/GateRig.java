package org.orrery.gateway.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.orrery.contract.command.CommandId;
import org.orrery.contract.command.CommandOutcome;
import org.orrery.contract.command.GateRecord;
import org.orrery.contract.command.SignedCommand;
import org.orrery.contract.command.WritingState;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.health.ChannelHealth;
import org.orrery.contract.operations.OperationsState;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.value.Value;

/** The real gate and the real connections over a stand-in control system, in virtual time. */
final class GateRig {
  final VirtualTime time = new VirtualTime();
  final Facility facility = TestPlant.tellingMode();
  final FakeControl control = new FakeControl(time, facility);
  final List<JournalEntry> journal = new ArrayList<>();
  final List<GateRecord> records = new ArrayList<>();
  final List<Sample> samples = new ArrayList<>();
  final List<ChannelHealth> health = new ArrayList<>();
  Optional<String> journalFailure = Optional.empty();
  boolean diskHangs;

  /** Nobody tells the next life of the gate which plans are open. */
  boolean supervisionSilent;

  Runnable onJournal = () -> {};
  WritingState writing = WritingSwitch.released(0);
  Optional<OperationsState> operations = Optional.of(TestPlant.inPhysics());

  /** Takes effect with the next life of the gate. */
  GateSettings settings = GateSettings.DEFAULT;

  Connections connections = newConnections();
  WriteGate gate = newGate();

  GateRig() {
    connections.open();
    control.show(TestPlant.pv(TestPlant.SPEED), Value.of(40.0));
    control.show(TestPlant.pv(TestPlant.ENABLE), TestPlant.label(TestPlant.OFF_ON, "OFF"));
    control.show(TestPlant.pv(TestPlant.RESET), TestPlant.label(TestPlant.IDLE_RESET, "IDLE"));
    control.show(TestPlant.pv(TestPlant.REMOTE), TestPlant.label(TestPlant.LOCAL_REMOTE, "REMOTE"));
    control.show(TestPlant.pv(TestPlant.INTERLOCK), TestPlant.label(TestPlant.OK_TRIPPED, "OK"));
    control.show(TestPlant.pv(TestPlant.MODE), TestPlant.label(TestPlant.MODES, "PHYSICS"));
    control.show(TestPlant.pv(TestPlant.FLOW), Value.of(1.67));
    control.show(TestPlant.pv(TestPlant.HEATER), Value.of(40.0));
    control.show(TestPlant.pv(TestPlant.FIELD), Value.of(40.0));
    control.show(TestPlant.pv(TestPlant.FIELD_SHOWN), Value.of(40.0));
    control.connect();
    time.advance(TestPlant.SECOND);
  }

  private Connections newConnections() {
    return new Connections(
        facility,
        control,
        time,
        Connections.StaleSettings.DEFAULT,
        TestPlant.FIRST_LIFE,
        samples::add,
        health::add);
  }

  private WriteGate newGate() {
    GatePorts ports =
        new GatePorts(
            facility,
            connections,
            control,
            this::append,
            () -> writing,
            () -> writing.stopped(),
            () -> operations,
            time,
            time.wall(),
            time,
            time,
            records::add);
    WriteGate made =
        new WriteGate(
            ports, settings, CommandVerifier.of(TestPlant.publicKey()), AttemptBook.of(journal));
    if (!supervisionSilent) {
      made.onClaims(List.of());
    }
    return made;
  }

  private void append(JournalEntry entry, Consumer<Optional<String>> done) {
    onJournal.run();
    if (diskHangs) {
      return;
    }
    if (journalFailure.isEmpty()) {
      journal.add(entry);
    }
    Optional<String> failure = journalFailure;
    time.after(2_000_000, () -> done.accept(failure));
  }

  /** Ends this life of Orrery without a word, and begins the next from the journal as it stands. */
  void crashAndRestart() {
    connections.close();
    time.dropAll();
    connections = newConnections();
    gate = newGate();
    connections.open();
    if (control.connected) {
      control.connect();
    }
    gate.start();
    time.settle();
  }

  /** Has a channel tell the mode, and begins another life with that. */
  void takeModeFromChannel() {
    GateSettings usual = GateSettings.DEFAULT;
    settings =
        new GateSettings(
            usual.longestPutNs(),
            usual.readbackNs(),
            usual.quietNs(),
            usual.interlocks(),
            Optional.of(TestPlant.MODE),
            usual.access());
    crashAndRestart();
  }

  List<CommandOutcome> execute(SignedCommand signed) {
    List<CommandOutcome> outcomes = new ArrayList<>();
    gate.execute(signed, outcomes::add);
    return outcomes;
  }

  /** Executes and waits for the answer. */
  CommandOutcome run(SignedCommand signed) {
    List<CommandOutcome> outcomes = execute(signed);
    time.advance(40 * TestPlant.SECOND);
    return outcomes.getFirst();
  }

  /** As the gateway does, every two seconds. */
  void tickFor(long ns) {
    for (long goneNs = 0; goneNs < ns; goneNs += 2 * TestPlant.SECOND) {
      gate.tick();
      time.advance(2 * TestPlant.SECOND);
    }
  }

  Optional<CommandOutcome> outcome(String id) {
    List<Optional<CommandOutcome>> answers = new ArrayList<>();
    gate.outcome(new CommandId(id), answers::add);
    time.advance(5 * TestPlant.SECOND);
    return answers.getFirst();
  }
}
