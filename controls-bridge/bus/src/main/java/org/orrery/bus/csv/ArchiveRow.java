package org.orrery.bus.csv;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.history.ArchivedSample;
import org.orrery.contract.history.Gap;
import org.orrery.contract.history.Mark;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.value.ValueKind;

/**
 * A line of an export: a sample, or a silence.
 *
 * @param channel id of the channel
 * @param pv its PV address
 * @param row {@code sample} or {@code gap}
 * @param timeNs source time of the sample, or when the silence began, plant ns
 * @param toNs when the silence ended, plant ns; empty for a sample and while it lasts
 * @param receivedNs when the sample was received, plant ns; empty for a silence
 * @param sequence of the sample; negative for back-filled ones; empty for a silence
 * @param kind kind of the value; empty for a silence
 * @param value the value as {@link ValueText}, or why there was silence
 * @param label label of a choice
 * @param severity name of the severity; empty for a silence
 * @param status alarm status text
 * @param quality name of the quality; empty for a silence
 * @param lostBefore updates known to be lost before the sample
 * @param late whether a newer one had come before
 * @param ahead whether its source's clock was ahead of its receipt
 * @param backfilled whether another archive knew it
 */
public record ArchiveRow(
    String channel,
    String pv,
    String row,
    long timeNs,
    OptionalLong toNs,
    OptionalLong receivedNs,
    OptionalLong sequence,
    Optional<ValueKind> kind,
    String value,
    String label,
    String severity,
    String status,
    String quality,
    long lostBefore,
    boolean late,
    boolean ahead,
    boolean backfilled) {
  /** A row that is a sample. */
  public static final String SAMPLE = "sample";

  /** A row that is a silence. */
  public static final String GAP = "gap";

  /** The columns in their order. */
  public static final List<String> COLUMNS =
      List.of(
          "channel",
          "pv",
          "row",
          "time",
          "time_ns",
          "to_ns",
          "received_ns",
          "sequence",
          "kind",
          "value",
          "label",
          "severity",
          "status",
          "quality",
          "lost_before",
          "late",
          "ahead",
          "backfilled");

  /** The row of a sample. */
  public static ArchiveRow of(Channel channel, ArchivedSample archived) {
    Sample sample = archived.sample();
    return new ArchiveRow(
        channel.id().value(),
        channel.pv(),
        SAMPLE,
        sample.sourceTimeNs(),
        OptionalLong.empty(),
        OptionalLong.of(sample.receivedTimeNs()),
        OptionalLong.of(sample.sequence()),
        Optional.of(ValueKind.of(sample.value())),
        ValueText.of(sample.value()),
        ValueText.label(sample.value()),
        sample.severity().name(),
        sample.status(),
        sample.quality().name(),
        sample.lostBefore(),
        archived.marks().contains(Mark.LATE),
        archived.marks().contains(Mark.AHEAD),
        archived.marks().contains(Mark.BACKFILLED));
  }

  /** The row of a silence. */
  public static ArchiveRow of(Channel channel, Gap gap) {
    return new ArchiveRow(
        channel.id().value(),
        channel.pv(),
        GAP,
        gap.fromNs(),
        gap.toNs(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty(),
        gap.reason(),
        "",
        "",
        "",
        "",
        0,
        false,
        false,
        false);
  }

  /** The line of it, in the order of {@link #COLUMNS}. */
  public String line() {
    return Csv.line(
        List.of(
            channel,
            pv,
            row,
            time(timeNs).toString(),
            Long.toString(timeNs),
            text(toNs),
            text(receivedNs),
            text(sequence),
            kind.map(ValueKind::name).orElse(""),
            value,
            label,
            severity,
            status,
            quality,
            Long.toString(lostBefore),
            Boolean.toString(late),
            Boolean.toString(ahead),
            Boolean.toString(backfilled)));
  }

  /**
   * The row of a line's fields.
   *
   * @throws IllegalArgumentException when they are none, with a message for people
   */
  public static ArchiveRow parse(List<String> fields) {
    if (fields.size() != COLUMNS.size()) {
      throw new IllegalArgumentException(
          "a line of an export has %d fields, this one has %d"
              .formatted(COLUMNS.size(), fields.size()));
    }
    return new ArchiveRow(
        fields.get(0),
        fields.get(1),
        fields.get(2),
        Long.parseLong(fields.get(4)),
        number(fields.get(5)),
        number(fields.get(6)),
        number(fields.get(7)),
        fields.get(8).isEmpty()
            ? Optional.empty()
            : Optional.of(ValueKind.valueOf(fields.get(8).toUpperCase(Locale.ROOT))),
        fields.get(9),
        fields.get(10),
        fields.get(11),
        fields.get(12),
        fields.get(13),
        Long.parseLong(fields.get(14)),
        Boolean.parseBoolean(fields.get(15)),
        Boolean.parseBoolean(fields.get(16)),
        Boolean.parseBoolean(fields.get(17)));
  }

  private static Instant time(long ns) {
    return Instant.ofEpochSecond(
        Math.floorDiv(ns, 1_000_000_000L), Math.floorMod(ns, 1_000_000_000L));
  }

  private static String text(OptionalLong number) {
    return number.isPresent() ? Long.toString(number.getAsLong()) : "";
  }

  private static OptionalLong number(String text) {
    return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
  }
}
