package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.diagnosis.Finding;
import org.orrery.contract.facility.Channel;
import org.orrery.contract.facility.ChannelId;
import org.orrery.contract.twin.TwinState;

/** Something that dashboards show beside samples; storing it again changes nothing. */
sealed interface Fact {
  /** Stores it within the caller's transaction. */
  void store(Connection connection) throws SQLException;

  /** What the facility description says of the channels. */
  record Described(Collection<Channel> channels) implements Fact {
    private static final String INSERT =
        "insert into described_channel (id, subsystem, unit, description) values (?, ?, ?, ?)"
            + " on conflict (id) do update set subsystem = excluded.subsystem,"
            + " unit = excluded.unit, description = excluded.description";

    @Override
    public void store(Connection connection) throws SQLException {
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        for (Channel channel : channels) {
          insert.setString(1, channel.id().value());
          insert.setString(2, channel.subsystem());
          insert.setString(3, channel.egu());
          insert.setString(4, channel.description());
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
  }

  /** What the twin believed at the end of a minute of plant time. */
  record Believed(TwinState state) implements Fact {
    private static final long MINUTE_NS = 60_000_000_000L;
    private static final String STEP =
        "insert into twin_minute (minute_ns, at_ns, agreement, innovation, hypothesis)"
            + " values (?, ?, ?, ?, ?) on conflict (minute_ns) do nothing";
    private static final String ESTIMATE =
        "insert into twin_estimate"
            + " (quantity, minute_ns, parameter, low, expected, high, measured, unit)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (quantity, minute_ns) do nothing";

    /** Standard deviations from the mean to the 95 % quantile of a normal distribution. */
    private static final double SIGMAS_TO_95 = 1.6449;

    static long minuteNs(TwinState state) {
      return Math.floorDiv(state.atNs(), MINUTE_NS) * MINUTE_NS;
    }

    @Override
    public void store(Connection connection) throws SQLException {
      long minuteNs = minuteNs(state);
      try (PreparedStatement step = connection.prepareStatement(STEP)) {
        step.setLong(1, minuteNs);
        step.setLong(2, state.atNs());
        step.setString(3, state.agreement().name());
        step.setDouble(4, state.normalisedInnovationSquared());
        step.setString(5, state.workingHypothesis().orElse(null));
        step.executeUpdate();
      }
      try (PreparedStatement insert = connection.prepareStatement(ESTIMATE)) {
        for (TwinState.ChannelEstimate estimate : state.channels()) {
          insert.setString(1, estimate.channel().value());
          insert.setLong(2, minuteNs);
          insert.setBoolean(3, false);
          insert.setDouble(4, estimate.band().low());
          insert.setDouble(5, estimate.band().median());
          insert.setDouble(6, estimate.band().high());
          if (estimate.measured().isPresent()) {
            insert.setDouble(7, estimate.measured().getAsDouble());
          } else {
            insert.setNull(7, Types.DOUBLE);
          }
          insert.setString(8, "");
          insert.addBatch();
        }
        for (TwinState.ParameterEstimate estimate : state.parameters()) {
          double half = SIGMAS_TO_95 * estimate.standardDeviation();
          insert.setString(1, estimate.name());
          insert.setLong(2, minuteNs);
          insert.setBoolean(3, true);
          insert.setDouble(4, estimate.mean() - half);
          insert.setDouble(5, estimate.mean());
          insert.setDouble(6, estimate.mean() + half);
          insert.setNull(7, Types.DOUBLE);
          insert.setString(8, estimate.unit());
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
  }

  /** A finding as it stands now. */
  record Found(Finding finding) implements Fact {
    private static final String INSERT =
        "insert into finding (id, detector, title, channel, from_ns, to_ns, score, p_value,"
            + " completeness, active) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " on conflict (id) do update set title = excluded.title,"
            + " channel = excluded.channel, to_ns = excluded.to_ns, score = excluded.score,"
            + " p_value = excluded.p_value, completeness = excluded.completeness,"
            + " active = excluded.active";

    @Override
    public void store(Connection connection) throws SQLException {
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        insert.setString(1, finding.id().value());
        insert.setString(2, finding.detector());
        insert.setString(3, finding.title());
        insert.setString(
            4, finding.channels().stream().findFirst().map(ChannelId::value).orElse(""));
        insert.setLong(5, finding.fromNs());
        insert.setLong(6, finding.toNs());
        insert.setDouble(7, finding.score());
        insert.setDouble(8, finding.pValue());
        insert.setDouble(9, finding.completeness());
        insert.setBoolean(10, finding.active());
        insert.executeUpdate();
      }
    }
  }

  /** Why a finding is there, as it is thought now. */
  record Explained(Diagnosis diagnosis) implements Fact {
    private static final String INSERT =
        "insert into diagnosis (id, finding, at_ns, onset_ns, cause, probability, completeness)"
            + " values (?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing";

    @Override
    public void store(Connection connection) throws SQLException {
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        insert.setString(1, diagnosis.id().value());
        insert.setString(2, diagnosis.finding().value());
        insert.setLong(3, diagnosis.atNs());
        insert.setLong(4, diagnosis.onsetNs());
        insert.setString(5, diagnosis.leading().map(c -> c.hypothesis().title()).orElse(""));
        insert.setDouble(
            6, diagnosis.leading().map(Diagnosis.Cause::probability).orElse(Double.NaN));
        insert.setDouble(7, diagnosis.completeness());
        insert.executeUpdate();
      }
    }
  }
}
