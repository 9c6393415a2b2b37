package org.orrery.server.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.orrery.bus.csv.ArchiveRow;
import org.orrery.bus.csv.Csv;
import org.orrery.bus.csv.ValueText;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.Facility;
import org.orrery.contract.history.Backfill;
import org.orrery.contract.history.Gap;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;

/**
 * Reads what another archive knows. The header names the columns: {@code channel} or {@code pv},
 * {@code time_ns} or {@code time}, {@code value}; the others of an export may be there. Samples of
 * a channel must come in order of time, so that those of one instant can be counted; those of other
 * channels may stand between them. Belongs to one thread.
 */
final class ImportText {
  private static final int MOST_PROBLEMS = 10;

  private final Facility facility;
  private final long nowNs;
  private final Map<String, Integer> columns = new HashMap<>();
  private final Map<String, Channel> byPv = new HashMap<>();
  private final List<Sample> samples = new ArrayList<>();
  private final List<Backfill.ChannelGap> gaps = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<ChannelId, Sample> previous = new HashMap<>();

  private ImportText(Facility facility, long nowNs) {
    this.facility = facility;
    this.nowNs = nowNs;
    facility.channels().values().forEach(channel -> byPv.put(bare(channel.pv()), channel));
  }

  /** A PV's name without the protocol before it. */
  static String bare(String pv) {
    return pv.replaceFirst("^(pva|ca)://", "");
  }

  /**
   * Reads all of it.
   *
   * @param nowNs counts as the time of receipt, plant ns
   * @throws Json.BadRequestException with the first problems, if there is any
   */
  static Backfill parse(Facility facility, String text, long nowNs) {
    ImportText parser = new ImportText(facility, nowNs);
    Csv.Reader reader = new Csv.Reader();
    List<List<String>> records = new ArrayList<>(reader.read(text));
    reader.end().ifPresent(records::add);
    if (records.isEmpty()) {
      throw new Json.BadRequestException("the text is empty; it needs a header line");
    }
    parser.header(records.getFirst());
    for (int i = 1; i < records.size() && parser.problems.size() < MOST_PROBLEMS; i++) {
      parser.record(i + 1, records.get(i));
    }
    if (!parser.problems.isEmpty()) {
      throw new Json.BadRequestException(String.join("; ", parser.problems));
    }
    return new Backfill(parser.samples, parser.gaps);
  }

  private void header(List<String> names) {
    for (int i = 0; i < names.size(); i++) {
      columns.put(names.get(i).strip().toLowerCase(Locale.ROOT), i);
    }
    boolean named = columns.containsKey("channel") || columns.containsKey("pv");
    boolean timed = columns.containsKey("time_ns") || columns.containsKey("time");
    if (!named || !timed || !columns.containsKey("value")) {
      throw new Json.BadRequestException(
          "the header needs 'channel' or 'pv', 'time_ns' or 'time', and 'value'; it has " + names);
    }
  }

  private void record(int line, List<String> fields) {
    try {
      Channel channel = channel(fields);
      long timeNs = time(fields);
      if (text(fields, "row").filter(ArchiveRow.GAP::equals).isPresent()) {
        OptionalLong to = number(fields, "to_ns");
        if (to.isPresent() && to.getAsLong() > timeNs) {
          gaps.add(new Backfill.ChannelGap(channel.id(), new Gap(timeNs, to, value(fields))));
        }
        return;
      }
      Sample sample = sample(channel, timeNs, fields);
      previous.put(channel.id(), sample);
      samples.add(sample);
    } catch (IllegalArgumentException | Json.BadRequestException e) {
      problems.add("line " + line + ": " + e.getMessage());
    }
  }

  private Sample sample(Channel channel, long timeNs, List<String> fields) {
    Severity severity =
        text(fields, "severity").map(s -> constant(Severity.class, s)).orElse(Severity.NONE);
    Quality quality =
        text(fields, "quality")
            .map(q -> constant(Quality.class, q))
            .orElse(severity == Severity.INVALID ? Quality.BAD : Quality.GOOD);
    return new Sample(
        channel.id(),
        ValueText.parse(channel, value(fields)),
        severity,
        text(fields, "status").orElse(""),
        timeNs,
        nowNs,
        quality,
        number(fields, "lost_before").orElse(0),
        sequence(channel, timeNs, fields));
  }

  /** Given by whoever cut a long import into requests; otherwise counted at equal times. */
  private long sequence(Channel channel, long timeNs, List<String> fields) {
    OptionalLong given = number(fields, "sequence");
    if (given.isPresent() && given.getAsLong() < 0) {
      return given.getAsLong();
    }
    Sample before = previous.get(channel.id());
    return before == null || before.sourceTimeNs() != timeNs ? -1 : before.sequence() - 1;
  }

  private Channel channel(List<String> fields) {
    Optional<Channel> found =
        text(fields, "channel").flatMap(id -> facility.channel(new ChannelId(id)));
    return found
        .or(() -> text(fields, "pv").map(pv -> byPv.get(bare(pv))))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "channel '"
                        + text(fields, "channel").or(() -> text(fields, "pv")).orElse("")
                        + "' is not described; see /api/v1/facility"));
  }

  private long time(List<String> fields) {
    return number(fields, "time_ns")
        .orElseGet(() -> ArchiveRoutes.instantNs(text(fields, "time").orElse("")));
  }

  /** As it stands, also empty or with spaces. */
  private String value(List<String> fields) {
    int column = Objects.requireNonNull(columns.get("value"));
    return column < fields.size() ? fields.get(column) : "";
  }

  private Optional<String> text(List<String> fields, String name) {
    Integer column = columns.get(name);
    return column == null || column >= fields.size() || fields.get(column).isBlank()
        ? Optional.empty()
        : Optional.of(fields.get(column).strip());
  }

  private OptionalLong number(List<String> fields, String name) {
    Optional<String> text = text(fields, name);
    try {
      return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text.get()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + name + "' must be a whole number, got '" + text.orElse("") + "'", e);
    }
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name) {
    return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
  }
}
