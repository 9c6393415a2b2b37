package org.orrery.archive.runtime;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.orrery.archive.core.PlantDay;
import org.orrery.contract.sample.Sample;

/**
 * A hypertable: it makes its chunks by itself, compresses them when they are two plant days old,
 * and keeps hourly roll-ups as a continuous aggregate. A chunk holds all groups of channels.
 */
final class TimescaleEngine implements Engine {
  private static final String DROP =
      "select drop_chunks('sample'::regclass, older_than => ?::bigint, newer_than => ?::bigint)";

  @Override
  public String name() {
    return "TimescaleDB";
  }

  @Override
  public void prepare(Collection<Sample> samples) {
    // Chunks come by themselves.
  }

  @Override
  public void recollect() {
    // It believes nothing.
  }

  @Override
  public boolean leavesOut() {
    return false;
  }

  @Override
  public boolean foldsHours() {
    return true;
  }

  @Override
  public List<String> drop(Connection connection, Map<Integer, Long> cutsNs) throws SQLException {
    long all = cutsNs.values().stream().mapToLong(Long::longValue).min().orElse(Long.MIN_VALUE);
    List<String> dropped = new ArrayList<>();
    if (all <= PlantDay.FIRST_NS) {
      return dropped;
    }
    try (PreparedStatement drop = connection.prepareStatement(DROP)) {
      drop.setLong(1, PlantDay.of(all).fromNs());
      drop.setLong(2, PlantDay.FIRST_NS);
      try (ResultSet row = drop.executeQuery()) {
        while (row.next()) {
          dropped.add(row.getString(1));
        }
      }
    }
    return dropped;
  }
}
