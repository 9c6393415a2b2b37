package org.orrery.supervision.runtime.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.orrery.contract.Bytes;
import org.orrery.contract.diagnosis.Diagnosis;
import org.orrery.contract.proposal.Baseline;
import org.orrery.contract.proposal.Plan;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.StepRecord;
import org.orrery.contract.twin.Rehearsal;
import org.orrery.supervision.runtime.json.RecordJson;

/**
 * A proposal in rows: the plan and what it rests on, which are written when they change; one row
 * per command; and the rest, which changes all the time. So a plan of thousands of steps costs no
 * more per change than one of two. Stateless.
 */
final class ProposalRows {
  private static final String UPSERT =
      """
      insert into proposal (id, version, state, terminal, plan_hash, created_at_ns, changed_at_ns,
        content, rehearsed, plan, evidence)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (id) do update set version = excluded.version, state = excluded.state,
        terminal = excluded.terminal, plan_hash = excluded.plan_hash,
        changed_at_ns = excluded.changed_at_ns, content = excluded.content,
        rehearsed = excluded.rehearsed, plan = coalesce(excluded.plan, proposal.plan),
        evidence = coalesce(excluded.evidence, proposal.evidence)
      """;

  private static final String STORED =
      """
      select version, content, plan_hash, rehearsed, plan is null as old,
        state not in ('Draft', 'Rehearsed', 'AwaitingApproval', 'Approved') as begun,
        (select count(*) from step_record r where r.proposal = p.id) as records
      from proposal p where id = ?
      """;

  private static final String RECORD =
      """
      insert into step_record (proposal, position, content) values (?, ?, ?)
      on conflict (proposal, position) do update set content = excluded.content
      """;

  private static final String RECORDS =
      """
      select proposal, content from step_record where proposal = any(?)
      order by proposal, position
      """;

  private ProposalRows() {}

  /**
   * What a plan rests on.
   *
   * @param diagnosis why, where a diagnosis stands behind it
   * @param rehearsal what the twin said, once it has
   * @param baseline what its channels showed when it was begun, once it was
   */
  public record Evidence(
      Optional<Diagnosis> diagnosis, Optional<Rehearsal> rehearsal, Optional<Baseline> baseline) {
    static Evidence of(Proposal proposal) {
      return new Evidence(proposal.diagnosis(), proposal.rehearsal(), proposal.baseline());
    }
  }

  /**
   * What is stored of a proposal.
   *
   * @param begun whether it was begun
   * @param records how many commands
   * @param whole whether the parts are stored already
   */
  record Stored(
      long version,
      String content,
      Bytes planHash,
      boolean rehearsed,
      boolean begun,
      int records,
      boolean whole) {
    static final Stored NOTHING = new Stored(0, "", Bytes.of(new byte[0]), false, false, 0, false);

    /** Whether what has rows of its own is no longer as it is stored. */
    boolean partsChange(Proposal proposal, Bytes hash) {
      return !whole
          || rehearsed != proposal.rehearsal().isPresent()
          || !begun && proposal.baseline().isPresent()
          || !planHash.equals(hash);
    }
  }

  static Stored stored(Connection connection, Proposal proposal) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(STORED)) {
      select.setString(1, proposal.id().value());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new Stored(
                row.getLong("version"),
                row.getString("content"),
                Bytes.of(row.getBytes("plan_hash")),
                row.getBoolean("rehearsed"),
                row.getBoolean("begun"),
                row.getInt("records"),
                !row.getBoolean("old"))
            : Stored.NOTHING;
      }
    }
  }

  /** The proposal without what has rows of its own; the last command tells two changes apart. */
  static String lean(Proposal proposal) {
    List<StepRecord> record = proposal.record();
    return RecordJson.write(
        with(
            proposal,
            proposal.plan().revised(proposal.plan().reason(), proposal.plan().risk(), List.of()),
            new Evidence(Optional.empty(), Optional.empty(), Optional.empty()),
            record.subList(Math.max(0, record.size() - 1), record.size())));
  }

  static void write(
      Connection connection, Proposal proposal, String content, Bytes planHash, Stored before)
      throws SQLException {
    boolean parts = before.partsChange(proposal, planHash);
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      upsert.setString(1, proposal.id().value());
      upsert.setLong(2, proposal.version());
      upsert.setString(3, proposal.state().getClass().getSimpleName());
      upsert.setBoolean(4, proposal.state().terminal());
      upsert.setBytes(5, planHash.toArray());
      upsert.setLong(6, proposal.createdAtNs());
      upsert.setLong(7, proposal.state().atNs());
      upsert.setString(8, content);
      upsert.setBoolean(9, proposal.rehearsal().isPresent());
      upsert.setString(10, parts ? RecordJson.write(proposal.plan()) : null);
      upsert.setString(11, parts ? RecordJson.write(Evidence.of(proposal)) : null);
      upsert.executeUpdate();
    }
    try (PreparedStatement insert = connection.prepareStatement(RECORD)) {
      List<StepRecord> record = proposal.record();
      for (int i : changeable(record, before.records())) {
        insert.setString(1, proposal.id().value());
        insert.setInt(2, i);
        insert.setString(3, RecordJson.write(record.get(i)));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /**
   * The places of the commands that may not be stored as they are: the new ones, the last before
   * them, and the last that carried the plan out, whose outcome may become known while it is taken
   * back.
   */
  private static SortedSet<Integer> changeable(List<StepRecord> record, int stored) {
    SortedSet<Integer> places = new TreeSet<>();
    for (int i = Math.max(0, stored - 1); i < record.size(); i++) {
      places.add(i);
    }
    for (int i = record.size() - 1; i >= 0; i--) {
      if (!record.get(i).undo()) {
        places.add(i);
        break;
      }
    }
    return places;
  }

  /** Reads the proposals that a statement selects with all columns, in its order. */
  static List<Proposal> read(Connection connection, PreparedStatement select) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        rows.add(
            new Row(
                RecordJson.read(row.getString("content"), Proposal.class),
                row.getString("plan"),
                row.getString("evidence")));
      }
    }
    Map<String, List<StepRecord>> records = records(connection, rows);
    return rows.stream().map(row -> row.whole(records)).toList();
  }

  private static Map<String, List<StepRecord>> records(Connection connection, List<Row> rows)
      throws SQLException {
    Map<String, List<StepRecord>> records = new HashMap<>();
    Object[] ids = rows.stream().map(row -> row.lean().id().value()).toArray();
    try (PreparedStatement select = connection.prepareStatement(RECORDS)) {
      select.setArray(1, connection.createArrayOf("text", ids));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          records
              .computeIfAbsent(row.getString("proposal"), id -> new ArrayList<>())
              .add(RecordJson.read(row.getString("content"), StepRecord.class));
        }
      }
    }
    return records;
  }

  private record Row(Proposal lean, @Nullable String plan, @Nullable String evidence) {
    Proposal whole(Map<String, List<StepRecord>> records) {
      return plan == null || evidence == null
          ? lean
          : with(
              lean,
              RecordJson.read(plan, Plan.class),
              RecordJson.read(evidence, Evidence.class),
              records.getOrDefault(lean.id().value(), List.of()));
    }
  }

  private static Proposal with(
      Proposal proposal, Plan plan, Evidence evidence, List<StepRecord> record) {
    return new Proposal(
        proposal.id(),
        proposal.version(),
        plan,
        evidence.diagnosis(),
        evidence.rehearsal(),
        proposal.state(),
        record,
        proposal.createdAtNs(),
        evidence.baseline());
  }
}
