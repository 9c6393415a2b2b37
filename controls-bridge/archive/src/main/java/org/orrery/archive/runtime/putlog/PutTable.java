package org.orrery.archive.runtime.putlog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.orrery.archive.runtime.log.LogPositions;
import org.orrery.bus.wire.Wire;
import org.orrery.contract.command.PutRecord;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.history.PutQuery;
import org.orrery.contract.value.Value;
import org.orrery.store.Database;

/**
 * The table of the put log, which is filled in one transaction with the move of the place in Kafka
 * up to which it is. Thread-safe; blocks.
 */
final class PutTable {
  /** More than this nobody reads at once. */
  private static final int MOST = 2_000;

  private static final String UPSERT =
      """
      insert into put_log values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (command) do update set
        sequence = excluded.sequence, old_value = excluded.old_value,
        attempted_ns = excluded.attempted_ns, at_ns = excluded.at_ns, stand = excluded.stand,
        reason = excluded.reason, detail = excluded.detail, readback = excluded.readback,
        record = excluded.record
      where excluded.sequence > put_log.sequence
      """;

  private final Database database;

  PutTable(Database database) {
    this.database = database;
  }

  /**
   * Stores a batch and moves the place behind it.
   *
   * @param spans the stretches of the log that the batch came from, by partition
   * @throws LogPositions.PositionMovedException where the place is not where the batch begins:
   *     somebody else has written; read from the stored place again
   */
  void store(List<PutRecord> puts, LogPositions positions, Map<Integer, LogPositions.Span> spans) {
    database.runInTransaction(
        connection -> {
          for (Map.Entry<Integer, LogPositions.Span> span : spans.entrySet()) {
            positions.move(connection, span.getKey(), span.getValue());
          }
          upsert(connection, puts);
        });
  }

  /** PostgreSQL's texts hold no NUL, and one such text would keep all others waiting. */
  private static String storable(String text) {
    return text.replace('\0', '\uFFFD');
  }

  private static void upsert(Connection connection, List<PutRecord> puts) throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      for (PutRecord put : puts) {
        upsert.setString(1, put.command().value());
        upsert.setLong(2, put.sequence());
        upsert.setString(3, put.proposal().value());
        upsert.setInt(4, put.stepIndex());
        upsert.setString(5, put.channel().value());
        upsert.setString(6, put.unit());
        upsert.setString(7, put.before().map(Value::display).map(PutTable::storable).orElse(null));
        upsert.setString(8, storable(put.value().display()));
        upsert.setString(9, put.askedBy());
        upsert.setArray(
            10, connection.createArrayOf("text", put.approvedBy().toArray(String[]::new)));
        upsert.setLong(11, put.issuedAtNs());
        if (put.attemptedAtNs().isPresent()) {
          upsert.setLong(12, put.attemptedAtNs().getAsLong());
        } else {
          upsert.setNull(12, Types.BIGINT);
        }
        upsert.setLong(13, put.atNs());
        upsert.setString(14, put.stand().name());
        upsert.setString(15, put.reason().map(Enum::name).orElse(null));
        upsert.setString(16, storable(put.detail()));
        upsert.setString(
            17, put.readback().map(Value::display).map(PutTable::storable).orElse(null));
        upsert.setBytes(18, Wire.PUT.encode(put));
        // One by one: two records of one command may be in one batch.
        upsert.executeUpdate();
      }
    }
  }

  /** What was written, the newest first. */
  List<PutRecord> read(PutQuery query) {
    String channel = query.channel().map(ChannelId::value).orElse(null);
    return database.inTransaction(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select record from put_log where issued_ns >= ? and issued_ns < ?"
                      + (channel == null ? "" : " and channel = ?")
                      + (query.stands().isEmpty() ? "" : " and stand = any(?)")
                      + " order by issued_ns desc limit ?")) {
            int at = 1;
            select.setLong(at++, query.fromNs());
            select.setLong(at++, query.toNs());
            if (channel != null) {
              select.setString(at++, channel);
            }
            if (!query.stands().isEmpty()) {
              String[] stands = query.stands().stream().map(Enum::name).toArray(String[]::new);
              select.setArray(at++, connection.createArrayOf("text", stands));
            }
            select.setInt(at, Math.clamp(query.most(), 1, MOST));
            List<PutRecord> puts = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                puts.add(Wire.PUT.decode(rows.getBytes(1)));
              }
            }
            return puts;
          }
        });
  }
}
