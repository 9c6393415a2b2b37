package org.orrery.supervision.core.restore;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.contract.proposal.Step;
import org.orrery.contract.snapshot.RestoreListing;
import org.orrery.contract.snapshot.RestoreRequest;
import org.orrery.contract.snapshot.Snapshot;

/**
 * A restore that was thought through.
 *
 * @param listing what it would do and what speaks against it
 * @param steps the writes; only worth anything where nothing speaks against it
 */
public record Restore(RestoreListing listing, List<Step> steps) {
  /** Name and version of what makes these plans; it changes with every change of its plans. */
  public static final String PLAYBOOK = "restore/1";

  /** As many reasons as a person reads in one answer; the listing has them all. */
  private static final int MOST_TOLD = 10;

  public Restore {
    steps = List.copyOf(steps);
  }

  /** Why it cannot be proposed, all reasons at once; empty where it can. */
  public Optional<String> objection() {
    List<RestoreListing.About> refusals = listing.refusals();
    if (refusals.isEmpty()) {
      return steps.isEmpty()
          ? Optional.of("nothing is to be restored: all that can be set is as it was saved")
          : Optional.empty();
    }
    StringBuilder text = new StringBuilder("nothing is proposed, because ");
    refusals.stream()
        .limit(MOST_TOLD)
        .forEach(r -> text.append(r.channel()).append(": ").append(r.why()).append("; "));
    if (refusals.size() > MOST_TOLD) {
      text.append("and ").append(refusals.size() - MOST_TOLD).append(" more (see the listing); ");
    }
    return Optional.of(text + "clear these, or ask for the other channels only");
  }

  /** The plan that people decide about. */
  public Plan plan(
      RestoreRequest request,
      Snapshot snapshot,
      Facility facility,
      ProposalId proposal,
      long expiresAtNs) {
    int stages =
        (int) listing.writes().stream().map(RestoreListing.Write::stage).distinct().count();
    return new Plan(
        proposal,
        PLAYBOOK,
        "Restore " + writes() + " of snapshot '" + snapshot.name() + "'",
        request.person().name()
            + " asks for it: "
            + sentence(request.reason())
            + " Snapshot "
            + snapshot.id()
            + " was saved by "
            + snapshot.by()
            + " (set "
            + snapshot.set()
            + ", hash "
            + snapshot.hash().toHex().substring(0, 16)
            + "). "
            + writes()
            + " in "
            + stages
            + (stages == 1 ? " stage; " : " stages; ")
            + listing.same()
            + " channels are as they were.",
        Optional.empty(),
        Optional.of(request.person().name()),
        listing.risk(),
        List.of(),
        steps,
        expiresAtNs,
        callOut(facility),
        OptionalLong.empty(),
        Optional.of(request.person().roles()));
  }

  private static String sentence(String words) {
    String text = words.strip();
    return text.endsWith(".") || text.endsWith("!") || text.endsWith("?") ? text : text + ".";
  }

  private String writes() {
    int channels = listing.writes().size();
    return channels == 1 ? "1 channel" : channels + " channels";
  }

  /** Everybody who looks after one of the subsystems that are written to. */
  private String callOut(Facility facility) {
    Set<String> subsystems = new LinkedHashSet<>();
    steps.forEach(
        step -> facility.channel(step.channel()).ifPresent(c -> subsystems.add(c.subsystem())));
    List<String> people =
        facility.subsystems().stream()
            .filter(s -> subsystems.contains(s.name()))
            .map(Facility.Subsystem::callOut)
            .distinct()
            .toList();
    return people.isEmpty() ? "shift leader" : String.join("; ", people);
  }
}
