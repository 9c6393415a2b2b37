package org.orrery.supervision.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.orrery.contract.audit.AuditRecord;
import org.orrery.contract.audit.AuditVerdict;

class ChainWalkTest {
  private static final int ENTRIES = 12;

  private static List<AuditRecord> chain(int entries) {
    List<AuditRecord> chain = new ArrayList<>();
    for (int i = 1; i <= entries; i++) {
      chain.add(
          AuditRecord.following(
              i,
              i,
              "anna",
              "proposal.approval",
              "p-" + i,
              "{\"n\":" + i + "}",
              chain.isEmpty() ? AuditRecord.GENESIS : chain.getLast().hash()));
    }
    return chain;
  }

  private static AuditHead end(List<AuditRecord> chain) {
    return chain.isEmpty()
        ? AuditHead.EMPTY
        : new AuditHead(chain.getLast().sequence(), chain.getLast().hash());
  }

  private static AuditVerdict walk(
      List<AuditRecord> chain, AuditHead head, Optional<AuditHead> witness) {
    ChainWalk walk = new ChainWalk(witness);
    for (AuditRecord entry : chain) {
      if (!walk.next(entry)) {
        break;
      }
    }
    return walk.end(head);
  }

  private static void assertBroken(List<AuditRecord> tampered) {
    AuditHead head = end(chain(ENTRIES));
    assertThat(walk(tampered, head, Optional.of(head))).isInstanceOf(AuditVerdict.Broken.class);
    assertThat(walk(tampered, head, Optional.empty())).isInstanceOf(AuditVerdict.Broken.class);
  }

  @Property(tries = 50)
  void shouldFindAWholeChainIntact(
      @ForAll @IntRange(min = 0, max = 30) int entries,
      @ForAll @IntRange(min = 0, max = 30) int witnessed) {
    List<AuditRecord> chain = chain(entries);
    AuditHead witness = end(chain.subList(0, Math.min(witnessed, entries)));
    assertThat(walk(chain, end(chain), Optional.of(witness)))
        .isEqualTo(new AuditVerdict.Intact(entries));
  }

  @Property(tries = 200)
  void shouldFindOneChangedByte(
      @ForAll @IntRange(max = ENTRIES - 1) int at,
      @ForAll @IntRange(max = 4) int field,
      @ForAll @IntRange(min = 1, max = 127) int flip) {
    List<AuditRecord> chain = chain(ENTRIES);
    AuditRecord r = chain.get(at);
    String content = (char) (r.content().charAt(0) ^ flip) + r.content().substring(1);
    AuditRecord changed =
        switch (field) {
          case 0 -> with(r, r.atNs() ^ flip, r.actor(), r.action(), r.content());
          case 1 -> with(r, r.atNs(), "anne", r.action(), r.content());
          case 2 -> with(r, r.atNs(), r.actor(), "proposal.approvam", r.content());
          default -> with(r, r.atNs(), r.actor(), r.action(), content);
        };
    chain.set(at, changed);
    assertBroken(chain);
  }

  private static AuditRecord with(
      AuditRecord r, long atNs, String actor, String action, String content) {
    return new AuditRecord(
        r.sequence(), atNs, actor, action, r.subject(), content, r.previousHash(), r.hash());
  }

  @Property(tries = 50)
  void shouldFindARemovedEntry(@ForAll @IntRange(max = ENTRIES - 1) int at) {
    List<AuditRecord> chain = chain(ENTRIES);
    chain.remove(at);
    assertBroken(chain);
  }

  @Property(tries = 50)
  void shouldFindAnInsertedEntry(@ForAll @IntRange(max = ENTRIES) int at) {
    List<AuditRecord> chain = chain(ENTRIES);
    chain.add(
        at,
        AuditRecord.following(
            at + 1,
            0,
            "mallory",
            "x",
            "y",
            "{}",
            at == 0 ? AuditRecord.GENESIS : chain.get(at - 1).hash()));
    assertBroken(chain);
  }

  @Property(tries = 50)
  void shouldFindEntriesThatChangedPlaces(
      @ForAll @IntRange(max = ENTRIES - 1) int a, @ForAll @IntRange(max = ENTRIES - 1) int b) {
    if (a != b) {
      List<AuditRecord> chain = chain(ENTRIES);
      Collections.swap(chain, a, b);
      assertBroken(chain);
    }
  }

  @Property(tries = 50)
  void shouldFindAnEndThatWasCutOffThoughTheTableWasMadeToAgree(
      @ForAll @IntRange(max = ENTRIES - 1) int kept) {
    List<AuditRecord> chain = chain(ENTRIES);
    AuditHead witness = end(chain);
    List<AuditRecord> cut = chain.subList(0, kept);
    assertThat(walk(cut, end(cut), Optional.of(witness))).isInstanceOf(AuditVerdict.Broken.class);
  }

  @Property(tries = 50)
  void shouldFindAChainThatWasMadeAnewAsAWhole(@ForAll @IntRange(max = ENTRIES - 1) int from) {
    List<AuditRecord> chain = chain(ENTRIES);
    AuditHead witness = end(chain);
    List<AuditRecord> remade = new ArrayList<>(chain.subList(0, from));
    for (int i = from; i < ENTRIES; i++) {
      AuditRecord r = chain.get(i);
      remade.add(
          AuditRecord.following(
              r.sequence(),
              r.atNs(),
              "mallory",
              r.action(),
              r.subject(),
              r.content(),
              remade.isEmpty() ? AuditRecord.GENESIS : remade.getLast().hash()));
    }
    assertThat(walk(remade, end(remade), Optional.of(witness)))
        .isInstanceOf(AuditVerdict.Broken.class);
  }
}
