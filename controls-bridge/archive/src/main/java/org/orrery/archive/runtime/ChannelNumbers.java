package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.orrery.contract.facility.ChannelId;
import org.orrery.store.Database;

/**
 * The short numbers that stand for channels in the tables. Those of a group lie side by side; a
 * channel keeps its number when it moves to another group. Thread-safe.
 */
final class ChannelNumbers {
  /** Numbers of one slot; 4,194,304 channels of one group. */
  private static final int SLOT_SIZE = 1 << 22;

  private static final int SLOTS = Integer.MAX_VALUE / SLOT_SIZE;

  private static final String INSERT =
      """
      insert into channel (number, id)
      select (select coalesce(max(number), ?) from channel where number > ? and number < ?)
        + row_number() over (order by wanted.id), wanted.id
      from unnest(?) as wanted (id)
      where not exists (select from channel c where c.id = wanted.id)
      """;
  private static final String INSERT_GROUP =
      "insert into channel_group select max(slot) + 1, ? from channel_group"
          + " on conflict (name) do nothing";
  private static final String SELECT_GROUP = "select slot from channel_group where name = ?";
  private static final String SELECT = "select id, number from channel where id = any(?)";

  private final Database database;
  private final Function<ChannelId, String> groupOf;
  private final Map<ChannelId, Integer> numbers = new ConcurrentHashMap<>();

  /**
   * @param groupOf the name of a new channel's group; empty for none
   */
  ChannelNumbers(Database database, Function<ChannelId, String> groupOf) {
    this.database = database;
    this.groupOf = groupOf;
  }

  /** The slot that a number lies in. */
  static int slotOf(int number) {
    return number / SLOT_SIZE;
  }

  /** Where a slot begins; its numbers come after it. */
  static int firstOf(int slot) {
    return slot * SLOT_SIZE;
  }

  /** Makes sure that all these have numbers, in a transaction of its own. */
  void ensure(Collection<ChannelId> channels) {
    TreeSet<String> missing = new TreeSet<>();
    for (ChannelId channel : channels) {
      if (!numbers.containsKey(channel)) {
        missing.add(channel.value());
      }
    }
    if (!missing.isEmpty()) {
      // Known only behind the commit: a number that was taken back would stand for another channel.
      numbers.putAll(database.inTransaction(connection -> create(connection, missing)));
    }
  }

  /**
   * The number of a channel.
   *
   * @throws IllegalStateException without {@link #ensure} before
   */
  int of(ChannelId channel) {
    Integer number = numbers.get(channel);
    if (number == null) {
      throw new IllegalStateException("no number for " + channel);
    }
    return number;
  }

  /** The number of a channel that may never have been stored. */
  Optional<Integer> find(Connection connection, ChannelId channel) throws SQLException {
    if (!numbers.containsKey(channel)) {
      numbers.putAll(load(connection, List.of(channel.value())));
    }
    return Optional.ofNullable(numbers.get(channel));
  }

  private Map<ChannelId, Integer> create(Connection connection, Collection<String> ids)
      throws SQLException {
    try (Statement lock = connection.createStatement()) {
      lock.execute("lock table channel in share row exclusive mode");
    }
    Map<String, List<String>> byGroup = new TreeMap<>();
    for (String id : ids) {
      byGroup.computeIfAbsent(groupOf.apply(new ChannelId(id)), name -> new ArrayList<>()).add(id);
    }
    for (Map.Entry<String, List<String>> group : byGroup.entrySet()) {
      int slot = slot(connection, group.getKey());
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        insert.setInt(1, firstOf(slot));
        insert.setInt(2, firstOf(slot));
        insert.setInt(3, firstOf(slot + 1));
        insert.setArray(4, connection.createArrayOf("text", group.getValue().toArray()));
        insert.executeUpdate();
      }
    }
    return load(connection, ids);
  }

  private static int slot(Connection connection, String group) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT_GROUP);
        PreparedStatement select = connection.prepareStatement(SELECT_GROUP)) {
      insert.setString(1, group);
      insert.executeUpdate();
      select.setString(1, group);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        int slot = row.getInt(1);
        if (slot >= SLOTS) {
          throw new IllegalStateException(
              "the archive has had %d groups of channels, it can have %d; give group '%s' the name"
                      .formatted(slot, SLOTS, group)
                  + " of one that is no longer used");
        }
        return slot;
      }
    }
  }

  private static Map<ChannelId, Integer> load(Connection connection, Collection<String> ids)
      throws SQLException {
    Map<ChannelId, Integer> loaded = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setArray(1, connection.createArrayOf("text", ids.toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          loaded.put(new ChannelId(row.getString(1)), row.getInt(2));
        }
      }
    }
    return loaded;
  }
}
