package org.orrery.archive.runtime;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.orrery.contract.facility.ChannelId;
import org.orrery.store.Database;

/** The short numbers that stand for channels in the tables. Thread-safe. */
final class ChannelNumbers {
  private static final String INSERT =
      "insert into channel (id) select unnest(?) on conflict (id) do nothing";
  private static final String SELECT = "select id, number from channel where id = any(?)";

  private final Database database;
  private final Map<ChannelId, Integer> numbers = new ConcurrentHashMap<>();

  ChannelNumbers(Database database) {
    this.database = database;
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
      database.runInTransaction(connection -> create(connection, missing));
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
      load(connection, connection.createArrayOf("text", new Object[] {channel.value()}));
    }
    return Optional.ofNullable(numbers.get(channel));
  }

  private void create(Connection connection, Collection<String> ids) throws SQLException {
    Array array = connection.createArrayOf("text", ids.toArray());
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setArray(1, array);
      insert.executeUpdate();
    }
    load(connection, array);
  }

  private void load(Connection connection, Array ids) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setArray(1, ids);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          numbers.put(new ChannelId(row.getString(1)), row.getInt(2));
        }
      }
    }
  }
}
