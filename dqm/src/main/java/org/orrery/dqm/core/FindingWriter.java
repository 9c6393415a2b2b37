package org.orrery.dqm.core;

import java.util.List;
import java.util.Map;
import org.orrery.contract.Provenance;
import org.orrery.contract.diagnosis.Evidence;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;

/** Puts an episode into the contract's words. Immutable. */
final class FindingWriter {
  private static final int MOST_EVIDENCE = 12;

  /** Below this share of the readings, the title says on how many the verdict rests. */
  private static final double COMPLETE = 0.995;

  private final Facility facility;
  private final DetectorSettings settings;
  private final String version;

  FindingWriter(Facility facility, DetectorSettings settings, String version) {
    this.facility = facility;
    this.settings = settings;
    this.version = version;
  }

  Finding finding(Episode episode, long nowNs, double completeness, boolean active) {
    List<Map.Entry<ChannelId, Episode.Charge>> ranked = episode.ranked();
    List<Evidence> evidence =
        ranked.stream()
            .limit(MOST_EVIDENCE)
            .map(
                entry ->
                    new Evidence(
                        entry.getKey(),
                        Wording.evidence(facility, entry.getValue().sight()),
                        entry.getValue().nats()))
            .toList();
    String title = Wording.title(facility, ranked.getFirst().getValue().sight(), ranked.size() - 1);
    return new Finding(
        episode.id,
        InnovationDetector.NAME,
        completeness < COMPLETE
            ? "%s (on %.0f %% of the readings)".formatted(title, 100 * completeness)
            : title,
        ranked.stream().map(Map.Entry::getKey).toList(),
        episode.fromNs(),
        nowNs,
        -Math.log10(episode.pValue()),
        episode.pValue(),
        completeness,
        evidence,
        active,
        Provenance.live(
            episode.fromNs(),
            nowNs,
            InnovationDetector.NAME,
            version,
            settings.seed(),
            Integer.toHexString(settings.hashCode())));
  }
}
