package org.orrery.alarms.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.orrery.contract.alarm.Alarm;
import org.orrery.contract.alarm.AlarmKey;
import org.orrery.contract.alarm.AlarmState;
import org.orrery.contract.alarm.AlarmTransition;
import org.orrery.contract.facility.AlarmSettings;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.sample.Severity;
import org.orrery.store.Database;

/**
 * What is remembered of alarms, written behind: {@link #remember} never waits. While the database
 * is away the newest state of every alarm is held, and a bounded number of transitions. {@link
 * #remember} is thread-safe; {@link #load} and {@link #flush} block and belong to one thread.
 */
final class AlarmMemory {
  /** Transitions held while the database is away; beyond it the oldest go, and are counted. */
  private static final int BOUND = 20_000;

  private final Database database;
  private final Object lock = new Object();
  private final Map<AlarmKey, Alarm> states = new LinkedHashMap<>();
  private final ArrayDeque<AlarmTransition> transitions = new ArrayDeque<>();
  private long forgotten;

  AlarmMemory(Database database) {
    this.database = database;
  }

  /**
   * Holds what is to be written.
   *
   * @param transition what people were told
   * @param state what the alarm is, also where people see it suppressed
   */
  void remember(AlarmTransition transition, Alarm state) {
    synchronized (lock) {
      states.put(state.key(), state);
      if (transitions.size() == BOUND) {
        transitions.poll();
        forgotten++;
      }
      transitions.add(transition);
    }
  }

  /** Transitions that were never written because the database was away for too long. */
  long forgotten() {
    synchronized (lock) {
      return forgotten;
    }
  }

  /** Every alarm that was not normal when last written. */
  List<Alarm> load() {
    return database.inTransaction(
        connection -> {
          List<Alarm> alarms = new ArrayList<>();
          try (PreparedStatement select =
                  connection.prepareStatement(
                      "select channel, kind, state, severity, message, raised_ns, changed_ns,"
                          + " acknowledged_by, priority, response, first_out from alarm_state");
              ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
              alarms.add(alarm(rows));
            }
          }
          return alarms;
        });
  }

  /**
   * Writes what waits; what cannot be written keeps waiting.
   *
   * @return false where nothing waited
   */
  boolean flush() {
    Map<AlarmKey, Alarm> newStates;
    List<AlarmTransition> newTransitions;
    synchronized (lock) {
      if (transitions.isEmpty() && states.isEmpty()) {
        return false;
      }
      newStates = new LinkedHashMap<>(states);
      newTransitions = List.copyOf(transitions);
    }
    database.runInTransaction(
        connection -> {
          writeStates(connection, newStates);
          writeTransitions(connection, newTransitions);
        });
    synchronized (lock) {
      newStates.forEach(states::remove);
      for (AlarmTransition written : newTransitions) {
        if (transitions.peek() == written) {
          transitions.poll();
        }
      }
    }
    return true;
  }

  private static void writeStates(Connection connection, Map<AlarmKey, Alarm> alarms)
      throws SQLException {
    try (PreparedStatement delete =
            connection.prepareStatement("delete from alarm_state where channel = ? and kind = ?");
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into alarm_state (channel, kind, state, severity, message, raised_ns,"
                    + " changed_ns, acknowledged_by, priority, response, first_out)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (Alarm alarm : alarms.values()) {
        delete.setString(1, alarm.key().channel().value());
        delete.setString(2, alarm.key().kind().name());
        delete.addBatch();
        if (alarm.state() != AlarmState.NORMAL) {
          bind(insert, alarm);
          insert.addBatch();
        }
      }
      delete.executeBatch();
      insert.executeBatch();
    }
  }

  /** PostgreSQL's texts hold no NUL, and one such text would keep all others waiting. */
  private static String storable(String text) {
    return text.replace('\0', '\uFFFD');
  }

  private static void bind(PreparedStatement insert, Alarm alarm) throws SQLException {
    insert.setString(1, alarm.key().channel().value());
    insert.setString(2, alarm.key().kind().name());
    insert.setString(3, alarm.state().name());
    insert.setString(4, alarm.severity().name());
    insert.setString(5, storable(alarm.message()));
    insert.setLong(6, alarm.raisedNs());
    insert.setLong(7, alarm.changedNs());
    insert.setString(8, alarm.acknowledgedBy().orElse(null));
    insert.setString(9, alarm.priority().name());
    insert.setString(10, storable(alarm.response()));
    insert.setBoolean(11, alarm.firstOut());
  }

  private static void writeTransitions(Connection connection, List<AlarmTransition> batch)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into alarm_transition (at_ns, channel, kind, from_state, to_state, severity,"
                + " message, by_whom, first_out) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (AlarmTransition transition : batch) {
        Alarm alarm = transition.alarm();
        insert.setLong(1, transition.atNs());
        insert.setString(2, alarm.key().channel().value());
        insert.setString(3, alarm.key().kind().name());
        insert.setString(4, transition.from().name());
        insert.setString(5, alarm.state().name());
        insert.setString(6, alarm.severity().name());
        insert.setString(7, storable(alarm.message()));
        insert.setString(8, transition.by());
        insert.setBoolean(9, alarm.firstOut());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static Alarm alarm(ResultSet row) throws SQLException {
    return new Alarm(
        new AlarmKey(
            new ChannelId(row.getString("channel")), AlarmKey.Kind.valueOf(row.getString("kind"))),
        AlarmState.valueOf(row.getString("state")),
        Severity.valueOf(row.getString("severity")),
        row.getString("message"),
        row.getLong("raised_ns"),
        row.getLong("changed_ns"),
        Optional.ofNullable(row.getString("acknowledged_by")),
        AlarmSettings.Priority.valueOf(row.getString("priority")),
        row.getString("response"),
        row.getBoolean("first_out"));
  }
}
