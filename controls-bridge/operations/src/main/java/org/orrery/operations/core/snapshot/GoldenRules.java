package org.orrery.operations.core.snapshot;

import java.util.List;
import java.util.Optional;
import org.orrery.contract.Person.Role;
import org.orrery.contract.Reply;
import org.orrery.contract.snapshot.Golden;
import org.orrery.contract.snapshot.SnapshotRequest;
import org.orrery.contract.snapshot.SnapshotSummary;

/**
 * Who may call a snapshot golden: two different experts, one after the other, and never for a
 * snapshot of which a part cannot be relied on. Stateless.
 */
public final class GoldenRules {
  private GoldenRules() {}

  /**
   * The mark after the wish, or why there is none.
   *
   * @param modes the detector modes of the facility
   * @param nowNs wall ns
   */
  public static Reply<Golden> mark(
      SnapshotRequest.MarkGolden wish, SnapshotSummary snapshot, List<String> modes, long nowNs) {
    String person = wish.person().name();
    if (!wish.person().has(Role.EXPERT)) {
      return new Reply.Declined<>(
          person + " does not have the role EXPERT; two experts make a snapshot golden");
    }
    if (!modes.contains(wish.mode())) {
      return new Reply.Declined<>(
          "the facility has no mode '" + wish.mode() + "'; it has " + String.join(", ", modes));
    }
    if (snapshot.notGood() + snapshot.missing() > 0) {
      return new Reply.Declined<>(
          "snapshot '"
              + snapshot.name()
              + "' is incomplete: "
              + snapshot.missing()
              + " channels are missing and "
              + snapshot.notGood()
              + " could not be relied on; save one anew when all are in order");
    }
    Optional<Golden> before =
        snapshot.golden().stream().filter(g -> g.mode().equals(wish.mode())).findFirst();
    if (before.isEmpty()) {
      return new Reply.Done<>(new Golden(wish.mode(), person, nowNs, Optional.empty(), false));
    }
    Golden mark = before.get();
    if (mark.agreed().isPresent()) {
      return new Reply.Declined<>(
          "snapshot '" + snapshot.name() + "' is golden for " + wish.mode() + " already, for good");
    }
    if (mark.proposedBy().equals(person)) {
      return new Reply.Declined<>(
          person + " said so already; the second word must come from somebody else");
    }
    return new Reply.Done<>(
        new Golden(
            mark.mode(),
            mark.proposedBy(),
            mark.proposedAtNs(),
            Optional.of(new Golden.Agreed(person, nowNs)),
            true));
  }
}
