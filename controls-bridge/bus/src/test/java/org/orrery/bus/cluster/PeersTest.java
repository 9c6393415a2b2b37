package org.orrery.bus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeersTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<String> told = new ArrayList<>();
  private final Peers peers =
      new Peers(
          process("me", 5, "1", "server"),
          new Peers.Listener() {
            @Override
            public void joined(Identity peer) {
              told.add("joined " + peer.id());
            }

            @Override
            public void left(Identity peer) {
              told.add("left " + peer.id());
            }

            @Override
            public void startedAnew(Identity earlier) {
              told.add("anew " + earlier.id());
            }

            @Override
            public void refused(Identity peer, String why) {
              told.add("refused " + peer.id() + ": " + why);
            }

            @Override
            public void twice(Identity peer, Set<String> roles) {
              told.add("twice " + peer.id() + " " + roles);
            }
          });

  private static Identity process(String id, long sinceNs, String version, String... roles) {
    return new Identity(id, Set.of(roles), version, "shape", "lar", Map.of("modes", "1"), sinceNs);
  }

  @Test
  void shouldTellWhoComesGoesAndComesBack() {
    // When
    peers.heard(process("a", 1, "1", "gateway", "alarms"), 0);
    peers.heard(process("a", 1, "1", "gateway", "alarms"), 2 * SECOND);
    peers.tick(2 * SECOND + Peers.MOST_SILENCE_NS);
    assertThat(peers.isPresent("a")).isTrue();
    peers.tick(3 * SECOND + Peers.MOST_SILENCE_NS);
    assertThat(peers.isPresent("a")).isFalse();
    peers.heard(process("a", 1, "1", "gateway", "alarms"), 20 * SECOND);

    // Then
    assertThat(told).containsExactly("joined a", "left a", "joined a");
  }

  @Test
  void shouldNotTellTheEarlierLifeAsAwayOnceTheNextIsThere() {
    // When
    peers.heard(process("a", 1, "1", "gateway"), 0);
    peers.heard(process("b", 9, "1", "gateway"), SECOND);
    peers.heard(process("b", 9, "1", "gateway"), 9 * SECOND);
    peers.tick(10 * SECOND);

    // Then
    assertThat(told).containsExactly("joined a", "anew a", "joined b");
    assertThat(peers.present()).extracting(Identity::id).containsExactly("b");
  }

  @Test
  void shouldTellAtOnceWhomTheMembershipHasLost() {
    // When
    peers.heard(process("a", 1, "1", "gateway"), 0);
    peers.gone("a");
    peers.gone("a");
    peers.gone("never there");
    peers.tick(20 * SECOND);

    // Then
    assertThat(told).containsExactly("joined a", "left a");
    assertThat(peers.present()).isEmpty();
  }

  @Test
  void shouldNotWorkWithWhatDoesNotFitAndSayWhy() {
    // When
    peers.heard(process("a", 1, "2", "gateway"), 0);
    peers.heard(
        new Identity("b", Set.of("twin"), "1", "shape", "another detector", Map.of(), 1), 0);
    peers.heard(process("c", 1, "1", "server"), 0);
    peers.heard(process("me", 5, "1", "server"), 0);

    // Then
    assertThat(told).hasSize(4);
    assertThat(told.get(0)).startsWith("refused a").contains("version 2", "same version");
    assertThat(told.get(1)).startsWith("refused b").contains("another detector");
    assertThat(told.get(2)).isEqualTo("twice c [server]");
    assertThat(peers.present()).extracting(Identity::id).containsExactly("c");
  }

  @Test
  void shouldNotWorkWithWhoeverJudgesByOtherLimitsAndNameThePartThatDiffers() {
    // Given
    Map<String, String> own =
        Map.of("modes", "1", "channels: alarm", "2", "access rules: rules", "3");
    Map<String, String> theirs = Map.of("modes", "1", "channels: alarm", "4", "device limits", "5");
    Identity gateway = new Identity("g", Set.of("gateway"), "1", "shape", "lar", own, 1);
    Identity other = new Identity("s", Set.of("supervision"), "1", "shape", "lar", theirs, 2);
    Identity same = new Identity("t", Set.of("twin"), "1", "shape", "lar", own, 3);

    // When, Then
    assertThat(gateway.conflict(same)).isEmpty();
    assertThat(gateway.conflict(other))
        .get(org.assertj.core.api.InstanceOfAssertFactories.STRING)
        .contains("[access rules: rules; channels: alarm; device limits]")
        .contains("give both the same facility description and access rules");
    assertThat(other.conflict(gateway)).isPresent();
  }

  @Test
  void shouldKeepItsFormOnTheWire() {
    // Given
    Identity identity = process("a", 1, "1", "gateway", "alarms");

    // When, Then
    assertThat(identity.toJson().encode())
        .isEqualTo(
            "{\"id\":\"a\",\"roles\":[\"alarms\",\"gateway\"],\"version\":\"1\",\"shape\":\"shape\","
                + "\"facility\":\"lar\",\"described\":{\"modes\":\"1\"},\"sinceNs\":1}");
    assertThat(Identity.fromJson(identity.toJson())).isEqualTo(identity);
    assertThat(identity.name()).isEqualTo("alarms,gateway");
  }

  @Test
  void shouldNoticeMessagesThatNeverCame() {
    // Given
    Link link = new Link();

    // When, Then
    assertThat(link.isGapBefore(4)).as("the first of all").isFalse();
    assertThat(link.isGapBefore(5)).isFalse();
    assertThat(link.isGapBefore(7)).isTrue();
    assertThat(link.isGapBefore(8)).isFalse();
    assertThat(link.isShortOf(9)).as("the ninth may be on its way").isFalse();
    assertThat(link.isShortOf(9)).isTrue();
    assertThat(link.isShortOf(9)).as("asked for once").isFalse();
  }
}
