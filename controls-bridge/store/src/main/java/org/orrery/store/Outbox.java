package org.orrery.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Messages that belong to a transaction: they are owed to the log if and only if it commits.
 *
 * <p>Per key they are published in the order in which they were written, provided that writers of
 * the same key exclude each other (as writers of the same row do). Stateless.
 */
public final class Outbox {
  private static final String INSERT =
      "insert into store.outbox (topic, key, payload) values (?, ?, ?)";

  private Outbox() {}

  /**
   * Adds a message to the caller's transaction.
   *
   * @param connection a connection of {@link Database#inTransaction}
   * @param topic where it goes
   * @param key order is kept among messages of the same topic and key
   * @param payload the message as it travels
   * @throws SQLException when it cannot be written; the transaction must not be committed then
   */
  public static void append(Connection connection, String topic, String key, byte[] payload)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, topic);
      insert.setString(2, key);
      insert.setBytes(3, payload);
      insert.executeUpdate();
    }
  }
}
