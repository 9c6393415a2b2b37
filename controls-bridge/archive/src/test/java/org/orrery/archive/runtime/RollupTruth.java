package org.orrery.archive.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.orrery.archive.ArchiveConfig;
import org.orrery.archive.Samples;
import org.orrery.archive.core.PlantDay;
import org.orrery.archive.core.Reduction;
import org.orrery.archive.core.Retention;
import org.orrery.archive.core.Rollup;
import org.orrery.archive.core.Rollups;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.facility.ChannelPattern;
import org.orrery.contract.sample.Quality;
import org.orrery.contract.sample.Sample;
import org.orrery.contract.sample.Severity;
import org.orrery.contract.value.Value;
import org.orrery.store.Database;

/**
 * What the tables must hold after samples were measured, delivered again, back-filled and forgotten
 * in any order: worked out from the sets of samples, without a database.
 */
final class RollupTruth {
  static final int DAYS = 6;
  private static final PlantDay FIRST = PlantDay.of(Samples.T0 - 700 * PlantDay.DAY_NS);
  private static final long SECOND_NS = 1_000_000_000L;
  private static final Severity[] SEVERITIES = Severity.values();

  /** All that is ever measured, and all that another archive knows. */
  final List<Sample> measured = new ArrayList<>();

  final List<Sample> elsewhere = new ArrayList<>();
  final Retention keep;
  private final List<String> channels;
  private final Set<Sample> sent = new HashSet<>();
  private final Map<Name, Sample> raw = new HashMap<>();
  private final Map<Rollups.Key, Rollup> forgotten = new TreeMap<>();
  private long rawFromNs = Long.MIN_VALUE;

  private record Name(ChannelId channel, long timeNs, long sequence) {
    static Name of(Sample sample) {
      return new Name(sample.channel(), sample.sourceTimeNs(), sample.sequence());
    }
  }

  private record Moment(ChannelId channel, long timeNs) {
    static Moment of(Sample sample) {
      return new Moment(sample.channel(), sample.sourceTimeNs());
    }
  }

  /**
   * Samples of two channels that lie close enough to get into each other's way, with names that no
   * other of these has.
   */
  RollupTruth(String name, Random random) {
    channels = List.of(name + ".a", name + ".b");
    keep =
        Retention.of(
            Facilities.of(channels.toArray(String[]::new)),
            0,
            List.of(new ArchiveConfig.Group(name, List.of(), List.of(new ChannelPattern("*")), 2)));
    Set<Name> names = new HashSet<>();
    for (int i = 0; i < 400; i++) {
      Sample sample = sample(random, random.nextInt(3));
      if (names.add(Name.of(sample))) {
        measured.add(sample);
      }
    }
    for (int i = 0; i < 300; i++) {
      Sample sample = sample(random, -1 - random.nextInt(2));
      if (names.add(Name.of(sample))) {
        elsewhere.add(sample);
      }
    }
  }

  private Sample sample(Random random, long sequence) {
    long timeNs =
        FIRST.fromNs()
            + random.nextInt(DAYS) * PlantDay.DAY_NS
            + random.nextInt(2) * 23 * Rollup.HOUR_NS
            + random.nextInt(2) * Rollup.MINUTE_NS
            + random.nextInt(8) * SECOND_NS;
    Quality quality = random.nextInt(6) == 0 ? Quality.BAD : Quality.GOOD;
    return Samples.of(
            channels.get(random.nextInt(channels.size())),
            timeNs,
            sequence,
            Value.of(random.nextInt(1_000)),
            quality,
            SEVERITIES[random.nextInt(SEVERITIES.length)])
        .withLostBefore(random.nextInt(3));
  }

  /** The plant time at noon of a day of these, from 0. */
  static long noonOf(int day) {
    return FIRST.fromNs() + day * PlantDay.DAY_NS + 12 * Rollup.HOUR_NS;
  }

  /** A measured sample of each channel: what is forgotten is known of channels that are known. */
  List<Sample> firstOfEach() {
    return channels.stream()
        .map(
            id ->
                measured.stream()
                    .filter(sample -> sample.channel().value().equals(id))
                    .findFirst()
                    .orElseThrow())
        .toList();
  }

  static List<Sample> some(List<Sample> all, Random random) {
    List<Sample> some = new ArrayList<>(all);
    Collections.shuffle(some, random);
    return List.copyOf(some.subList(0, 1 + random.nextInt(25)));
  }

  void measure(List<Sample> samples) {
    sent.addAll(samples);
    List<Sample> late = new ArrayList<>();
    for (Sample sample : samples) {
      if (sample.sourceTimeNs() < rawFromNs) {
        late.add(sample);
      } else {
        raw.values().removeIf(s -> s.sequence() < 0 && Moment.of(s).equals(Moment.of(sample)));
        raw.put(Name.of(sample), sample);
      }
    }
    addToForgotten(late);
  }

  void backfill(List<Sample> samples) {
    sent.addAll(samples);
    List<Sample> late = new ArrayList<>();
    for (Sample sample : samples) {
      if (sample.sourceTimeNs() < rawFromNs) {
        late.add(sample);
      } else if (raw.values().stream()
          .noneMatch(s -> s.sequence() >= 0 && Moment.of(s).equals(Moment.of(sample)))) {
        raw.put(Name.of(sample), sample);
      }
    }
    addToForgotten(late);
  }

  /** Only what lies behind the last number that was counted cannot have been counted. */
  private void addToForgotten(List<Sample> late) {
    Map<Rollups.Key, Rollup> before = new HashMap<>(forgotten);
    for (Sample sample : late) {
      Rollups.Key minute = minute(sample);
      Rollup there = before.get(minute);
      boolean number = Rollup.usable(sample).isPresent();
      if (there == null || (number && sample.sourceTimeNs() > there.lastNs())) {
        forgotten.merge(minute, Rollup.of(sample), Rollup::merge);
      } else if (!number) {
        forgotten.merge(minute, Rollup.of(sample.withLostBefore(0)), Rollup::merge);
      }
    }
  }

  void forget(long nowNs) {
    rawFromNs = Math.max(rawFromNs, PlantDay.of(nowNs).fromNs() - 2 * PlantDay.DAY_NS);
    for (Sample sample : List.copyOf(raw.values())) {
      if (sample.sourceTimeNs() < rawFromNs) {
        forgotten.merge(minute(sample), Rollup.of(sample), Rollup::merge);
        raw.remove(Name.of(sample));
      }
    }
  }

  private static Rollups.Key minute(Sample sample) {
    return new Rollups.Key(
        sample.channel(), Reduction.startOf(sample.sourceTimeNs(), Rollup.MINUTE_NS));
  }

  /** The tables hold just what they must, where things happened in the order that was told here. */
  void assertHeld(Database database, String what) {
    Map<Rollups.Key, Rollup> minutes = new TreeMap<>(forgotten);
    minutes.putAll(Rollups.byMinute(raw.values()));
    assertSame(found(database, "rollup", "minute_ns"), minutes, what);
    assertSame(found(database, "rollup_hour", "hour_ns"), Rollups.byHour(minutes), what);
    assertThat(stored(database)).as(what).isEqualTo(new TreeSet<>(names(raw.values())));
  }

  /**
   * What must be, in whatever order it happened: where raw samples are kept the tables hold all
   * that was sent, and before it no time counts twice.
   */
  void assertHeldInAnyOrder(Database database, String what) {
    Map<Moment, int[]> usable = new HashMap<>();
    for (Sample sample : sent) {
      if (Rollup.usable(sample).isPresent()) {
        usable
            .computeIfAbsent(Moment.of(sample), at -> new int[2])[sample.sequence() < 0 ? 1 : 0]++;
      }
    }
    Map<Rollups.Key, Integer> most = new HashMap<>();
    usable.forEach(
        (at, counts) ->
            most.merge(
                new Rollups.Key(at.channel(), Reduction.startOf(at.timeNs(), Rollup.MINUTE_NS)),
                Math.max(counts[0], counts[1]),
                Integer::sum));
    Map<Rollups.Key, Rollup> kept = new TreeMap<>(found(database, "rollup", "minute_ns"));
    kept.forEach(
        (minute, rollup) ->
            assertThat(rollup.n())
                .as("%s: %s", what, minute)
                .isLessThanOrEqualTo(most.getOrDefault(minute, 0)));
    kept.keySet().removeIf(minute -> minute.startNs() < rawFromNs);
    assertSame(kept, Rollups.byMinute(raw.values()), what);
    assertThat(stored(database)).as(what).isEqualTo(new TreeSet<>(names(raw.values())));
  }

  private static void assertSame(
      Map<Rollups.Key, Rollup> found, Map<Rollups.Key, Rollup> expected, String what) {
    assertThat(found.keySet()).as(what).isEqualTo(expected.keySet());
    expected.forEach(
        (at, rollup) -> {
          Rollup there = found.get(at);
          String where = what + ": " + at;
          assertThat(there.sum()).as(where).isCloseTo(rollup.sum(), within(1e-6));
          assertThat(there.m2()).as(where).isCloseTo(rollup.m2(), within(1e-3));
          assertThat(rounded(there)).as(where).isEqualTo(rounded(rollup));
        });
  }

  private static Rollup rounded(Rollup of) {
    return new Rollup(
        of.n(),
        of.min(),
        of.max(),
        0,
        0,
        of.last(),
        of.lastNs(),
        of.lastSequence(),
        of.lost(),
        of.severity());
  }

  private static List<String> names(Iterable<Sample> samples) {
    List<String> names = new ArrayList<>();
    samples.forEach(s -> names.add(s.channel() + " " + s.sourceTimeNs() + " " + s.sequence()));
    return names;
  }

  private Map<Rollups.Key, Rollup> found(Database database, String table, String start) {
    return database.inTransaction(
        connection -> {
          Map<Rollups.Key, Rollup> rows = new TreeMap<>();
          try (PreparedStatement select =
                  ofOurs(
                      connection,
                      "select %2$s, n, min, max, sum, m2, last, last_ns, last_seq, lost, severity,"
                          + " id from %1$s r",
                      table,
                      start);
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              rows.put(
                  new Rollups.Key(new ChannelId(row.getString(12)), row.getLong(1)),
                  RollupTable.read(row));
            }
          }
          return rows;
        });
  }

  private TreeSet<String> stored(Database database) {
    return database.inTransaction(
        connection -> {
          TreeSet<String> names = new TreeSet<>();
          try (PreparedStatement select =
                  ofOurs(connection, "select id, source_time_ns, sequence from sample r");
              ResultSet row = select.executeQuery()) {
            while (row.next()) {
              names.add(row.getString(1) + " " + row.getLong(2) + " " + row.getLong(3));
            }
          }
          return names;
        });
  }

  private PreparedStatement ofOurs(Connection connection, String sql, Object... names)
      throws SQLException {
    PreparedStatement select =
        connection.prepareStatement(
            sql.formatted(names) + " join channel c on c.number = r.channel where c.id = any(?)");
    select.setArray(1, connection.createArrayOf("text", channels.toArray()));
    return select;
  }
}
