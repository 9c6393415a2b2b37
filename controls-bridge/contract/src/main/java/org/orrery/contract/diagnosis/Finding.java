package org.orrery.contract.diagnosis;

import java.util.List;
import org.orrery.contract.Provenance;
import org.orrery.contract.facility.ChannelId;

/**
 * Something that a detector noticed. The same finding is published again, under the same id, when
 * it changes.
 *
 * @param id which finding
 * @param detector what noticed it, for example {@code dqm.innovation}
 * @param title what people read
 * @param channels where, the most telling first
 * @param fromNs start of the window, plant ns
 * @param toNs end of the window, plant ns
 * @param score how strong, in the detector's own measure; larger is stronger
 * @param pValue calibrated probability of a score at least as large when nothing is wrong, 0 to 1
 * @param completeness share of the samples that the verdict rests on, 0 to 1
 * @param evidence what speaks for it
 * @param active false once the trouble is gone
 * @param provenance where this comes from
 */
public record Finding(
    FindingId id,
    String detector,
    String title,
    List<ChannelId> channels,
    long fromNs,
    long toNs,
    double score,
    double pValue,
    double completeness,
    List<Evidence> evidence,
    boolean active,
    Provenance provenance) {
  public Finding {
    channels = List.copyOf(channels);
    evidence = List.copyOf(evidence);
  }
}
