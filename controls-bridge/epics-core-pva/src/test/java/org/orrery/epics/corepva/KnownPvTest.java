package org.orrery.epics.corepva;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.epics.pva.data.PVADouble;
import org.epics.pva.data.PVAStructure;
import org.epics.pva.data.nt.PVAAlarm;
import org.epics.pva.data.nt.PVAAlarm.AlarmSeverity;
import org.epics.pva.data.nt.PVAAlarm.AlarmStatus;
import org.epics.pva.data.nt.PVADisplay;
import org.epics.pva.data.nt.PVATimeStamp;
import org.jspecify.annotations.Nullable;
import org.orrery.epics.PvMetadata;
import org.orrery.epics.PvUpdate;
import org.orrery.epics.client.PvListener;

/** Whatever a server loses when it merges updates, one answer to a read mends it for good. */
class KnownPvTest {
  private enum Step {
    CHANGE_VALUE,
    RAISE_ALARM,
    CLEAR_ALARM,
    CHANGE_UNIT,
    SEND,
    ASK,
    ANSWER
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Arbitraries.of(Step.class).list().ofMaxSize(30);
  }

  @Property(tries = 2_000)
  void shouldFollowTheServerFromTheNextAnswerOn(
      @ForAll("steps") List<Step> before, @ForAll("steps") List<Step> after) throws Exception {
    // Given
    Server server = new Server();
    for (Step step : before) {
      server.go(step);
    }
    server.go(Step.SEND);
    // When
    server.known.answer(server.now());
    // Then
    server.assertFollowed();
    for (Step step : after) {
      if (step.compareTo(Step.SEND) < 0) {
        server.go(step);
        server.go(Step.SEND);
        server.answerAll();
        server.assertFollowed();
      }
    }
  }

  /** Loses the fields of an update that was not sent yet, as core-pva's does. */
  private static final class Server implements PvListener {
    final KnownPv known = new KnownPv(this, () -> this.asked.add(this.now()));
    private final Deque<PVAStructure> asked = new ArrayDeque<>();
    private int nanoseconds;
    private double value;
    private AlarmSeverity severity = AlarmSeverity.NO_ALARM;
    private String unit = "kV";
    private final PVAStructure sent = now();
    private final PVAStructure library = sent.cloneType("");
    private final BitSet overrun = new BitSet();
    private BitSet changes = new BitSet();
    private boolean pending = true;
    private @Nullable PvUpdate told;
    private @Nullable PvMetadata described;

    Server() {
      changes.set(0);
    }

    PVAStructure now() {
      return new PVAStructure(
          "",
          "epics:nt/NTScalar:1.0",
          new PVADouble("value", value),
          new PVAAlarm(severity, AlarmStatus.NO_STATUS, severity.name()),
          new PVATimeStamp(Instant.ofEpochSecond(1_800_000_000L, nanoseconds)),
          new PVADisplay(-200, 0, "cathode voltage", unit, 3, PVADisplay.Form.DEFAULT));
    }

    void go(Step step) throws Exception {
      switch (step) {
        case CHANGE_VALUE -> value++;
        case RAISE_ALARM -> severity = AlarmSeverity.MAJOR;
        case CLEAR_ALARM -> severity = AlarmSeverity.NO_ALARM;
        case CHANGE_UNIT -> unit = unit.equals("kV") ? "V" : "kV";
        case SEND -> send();
        case ASK -> asked.add(now());
        case ANSWER -> answer();
      }
      if (step.compareTo(Step.SEND) < 0) {
        update();
      }
    }

    private void update() throws Exception {
      nanoseconds++;
      BitSet unsent = changes;
      changes = sent.update(now());
      unsent.and(changes);
      overrun.or(unsent);
      pending = true;
    }

    private void send() throws Exception {
      if (!pending) {
        return;
      }
      for (int i = changes.nextSetBit(0); i >= 0; i = changes.nextSetBit(i + 1)) {
        library.get(i).setValue(sent.get(i));
      }
      known.update(library, changes, !overrun.isEmpty());
      changes = new BitSet();
      overrun.clear();
      pending = false;
    }

    private void answer() {
      PVAStructure state = asked.poll();
      if (state != null) {
        known.answer(state);
      }
    }

    void answerAll() {
      while (!asked.isEmpty()) {
        answer();
      }
    }

    void assertFollowed() {
      PvMetadata metadata = UpdateDecoder.metadata(now()).orElseThrow();
      PvUpdate state = UpdateDecoder.update(now(), metadata, false, false);
      assertThat(described).isEqualTo(metadata);
      assertThat(told)
          .usingRecursiveComparison()
          .ignoringFields("snapshot", "lostBefore")
          .isEqualTo(state);
    }

    @Override
    public void onConnected(PvMetadata metadata) {
      assertThat(described).isNull();
      described = metadata;
    }

    @Override
    public void onMetadataChanged(PvMetadata metadata) {
      assertThat(described).isNotNull().isNotEqualTo(metadata);
      described = metadata;
    }

    @Override
    public void onUpdate(PvUpdate update) {
      assertThat(described).isNotNull();
      told = update;
    }

    @Override
    public void onDisconnected() {
      throw new AssertionError("nothing was disconnected");
    }
  }
}
