package org.orrery.operations.core.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.orrery.operations.core.snapshot.Bench.ANNA;
import static org.orrery.operations.core.snapshot.Bench.BERT;
import static org.orrery.operations.core.snapshot.Bench.FLOW;
import static org.orrery.operations.core.snapshot.Bench.PUMP;
import static org.orrery.operations.core.snapshot.Bench.SAM;
import static org.orrery.operations.core.snapshot.Bench.SPEED;
import static org.orrery.operations.core.snapshot.Bench.VOLTAGE;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.orrery.contract.Bytes;
import org.orrery.contract.Person;
import org.orrery.contract.Reply;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.health.ChannelHealth.Link;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.snapshot.DefineSet;
import org.orrery.contract.snapshot.Golden;
import org.orrery.contract.snapshot.Snapshot;
import org.orrery.contract.snapshot.SnapshotId;
import org.orrery.contract.snapshot.SnapshotRequest;
import org.orrery.contract.snapshot.SnapshotSet;
import org.orrery.contract.snapshot.SnapshotSummary;
import org.orrery.contract.snapshot.Tolerance;

class SavingTest {
  @Test
  void shouldTakeDownEveryChannelInTheOrderOfTheSubsystems() {
    // When
    Snapshot snapshot = Bench.saved(Bench.taken(Bench.shown()));

    // Then
    assertThat(snapshot.stages()).containsExactly("High voltage", "Purification");
    assertThat(snapshot.entries())
        .extracting(Snapshot.Entry::channel)
        .containsExactly(VOLTAGE, FLOW, PUMP, SPEED);
    assertThat(snapshot.entries().getLast().tolerance()).isEqualTo(new Tolerance(0.05, 0));
    assertThat(snapshot.plantNs()).isEqualTo(7);
  }

  @Test
  void shouldNotSaveInSilenceWhatIsIncomplete() {
    // Given
    Map<ChannelId, Sample> shown = Bench.shown();
    shown.remove(FLOW);
    Taken taken = Bench.with(Bench.taken(shown), SPEED, Link.DISCONNECTED);

    // When
    Reply<Snapshot> declined = Bench.save(taken, false);
    Snapshot saved = Bench.saved(taken);

    // Then
    assertThat(declined)
        .isInstanceOfSatisfying(
            Reply.Declined.class,
            d ->
                assertThat(d.reason())
                    .contains("of 4 channels 2 are missing")
                    .contains("purif.flow (never read)")
                    .contains("purif.pump.speed-set (not connected)"));
    assertThat(saved.missing()).containsExactly(FLOW);
    assertThat(saved.entries().getLast().quality()).isEqualTo(Quality.DISCONNECTED);
  }

  @Test
  void shouldGiveAChannelToTheFirstItemThatNamesIt() {
    // Given
    Tolerance loose = new Tolerance(2, 0.1);
    SnapshotSet set =
        new SnapshotSet(
            "mine",
            1,
            "",
            "anna",
            0,
            List.of(
                new SnapshotSet.Stage(
                    "first", List.of(new SnapshotSet.Item("purif.*-set", Optional.of(loose)))),
                new SnapshotSet.Stage(
                    "rest", List.of(new SnapshotSet.Item("*", Optional.empty())))));

    // When
    Places places = Places.of(set, Bench.facility());

    // Then
    assertThat(places.places())
        .extracting(p -> p.channel().id(), Places.Place::stage)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(SPEED, 0),
            org.assertj.core.api.Assertions.tuple(FLOW, 1),
            org.assertj.core.api.Assertions.tuple(PUMP, 1),
            org.assertj.core.api.Assertions.tuple(VOLTAGE, 1));
    assertThat(places.places().getFirst().tolerance()).isEqualTo(loose);
  }

  @Test
  void shouldSayAllThatIsWrongWithASetAtOnce() {
    // Given
    SnapshotSet set =
        new SnapshotSet(
            "Not a name",
            0,
            "",
            "",
            0,
            List.of(
                new SnapshotSet.Stage("a", List.of()),
                new SnapshotSet.Stage(
                    "a", List.of(new SnapshotSet.Item("hv.typo-*", Optional.empty())))));

    // When
    Reply<SnapshotSet> reply = Sets.define(new DefineSet(SAM, set), Bench.facility(), List.of(), 1);

    // Then
    assertThat(reply)
        .isInstanceOfSatisfying(
            Reply.Declined.class,
            d ->
                assertThat(d.reason())
                    .contains("role EXPERT", "lower-case", "names no channel", "name of its own")
                    .contains("no channel of the facility matches 'hv.typo-*'"));
  }

  @Test
  void shouldNeedTwoDifferentExpertsForGold() {
    assertThat(mark(SAM, "PHYSICS", List.of())).isInstanceOf(Reply.Declined.class);
    assertThat(mark(ANNA, "PARTY", List.of())).isInstanceOf(Reply.Declined.class);
    Golden first = done(mark(ANNA, "PHYSICS", List.of()));
    assertThat(first.agreed()).isEmpty();
    assertThat(mark(ANNA, "PHYSICS", List.of(first)))
        .isInstanceOfSatisfying(
            Reply.Declined.class, d -> assertThat(d.reason()).contains("somebody else"));
    Golden second = done(mark(BERT, "PHYSICS", List.of(first)));
    assertThat(second.agreed()).contains(new Golden.Agreed("bert", 3));
    assertThat(mark(ANNA, "PHYSICS", List.of(second)))
        .isInstanceOfSatisfying(
            Reply.Declined.class, d -> assertThat(d.reason()).contains("for good"));
  }

  @Test
  void shouldNotMakeGoldOfWhatIsIncomplete() {
    Reply<Golden> reply =
        GoldenRules.mark(
            new SnapshotRequest.MarkGolden(ANNA, new SnapshotId("s"), "PHYSICS"),
            summary(1, List.of()),
            List.of("PHYSICS"),
            3);
    assertThat(reply).isInstanceOf(Reply.Declined.class);
  }

  private static Golden done(Reply<Golden> reply) {
    return ((Reply.Done<Golden>) reply).value();
  }

  private static Reply<Golden> mark(Person person, String mode, List<Golden> before) {
    return GoldenRules.mark(
        new SnapshotRequest.MarkGolden(person, new SnapshotId("s"), mode),
        summary(0, before),
        List.of("PHYSICS"),
        3);
  }

  private static SnapshotSummary summary(int notGood, List<Golden> golden) {
    return new SnapshotSummary(
        new SnapshotId("s"),
        "s",
        "",
        "sam",
        0,
        0,
        "settings",
        0,
        4,
        notGood,
        0,
        Bytes.of(new byte[32]),
        golden);
  }
}
