package org.orrery.contract.snapshot;

import java.util.List;
import java.util.Optional;
import org.orrery.contract.Bytes;
import org.orrery.contract.CanonicalBytes;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;

/**
 * What channels showed at one instant. It stands by itself: order, stages and tolerances are those
 * of the set at that time, whatever becomes of the set later. Never changed once saved.
 *
 * @param id which snapshot
 * @param name what people call it
 * @param comment the saver's words; may be empty
 * @param by who saved it
 * @param plantNs the instant, plant ns
 * @param wallNs when it was saved, wall ns
 * @param set the set's name
 * @param setVersion the set's version
 * @param stages names of the stages in order
 * @param entries in the order of the set
 * @param missing channels of the set that nothing was known of
 */
public record Snapshot(
    SnapshotId id,
    String name,
    String comment,
    String by,
    long plantNs,
    long wallNs,
    String set,
    int setVersion,
    List<String> stages,
    List<Entry> entries,
    List<ChannelId> missing) {
  public Snapshot {
    stages = List.copyOf(stages);
    entries = List.copyOf(entries);
    missing = List.copyOf(missing);
  }

  /** SHA-256 over everything, by which a change of what was stored is found. */
  public Bytes hash() {
    return new CanonicalBytes("orrery.snapshot.v1")
        .text(id.value())
        .text(name)
        .text(comment)
        .text(by)
        .integer(plantNs)
        .integer(wallNs)
        .text(set)
        .integer(setVersion)
        .list(stages, CanonicalBytes::text)
        .list(entries, (b, e) -> e.encode(b))
        .list(missing, (b, c) -> b.text(c.value()))
        .sha256();
  }

  /**
   * One channel.
   *
   * @param channel which channel
   * @param stage its stage, from 0
   * @param value what it showed
   * @param unit UCUM code of the channel at that time
   * @param severity as the source reported it
   * @param quality how far the value can be used
   * @param sourceTimeNs when the source took it, plant ns
   * @param readback what the device's read-back channel showed, where it has one of its own
   * @param tolerance what counts as the same
   */
  public record Entry(
      ChannelId channel,
      int stage,
      Value value,
      String unit,
      Severity severity,
      Quality quality,
      long sourceTimeNs,
      Optional<Value> readback,
      Tolerance tolerance) {

    private void encode(CanonicalBytes bytes) {
      bytes.text(channel.value()).integer(stage);
      value.encode(bytes);
      bytes
          .text(unit)
          .text(severity.name())
          .text(quality.name())
          .integer(sourceTimeNs)
          .flag(readback.isPresent());
      readback.ifPresent(v -> v.encode(bytes));
      bytes.number(tolerance.absolute()).number(tolerance.relative());
    }
  }
}
