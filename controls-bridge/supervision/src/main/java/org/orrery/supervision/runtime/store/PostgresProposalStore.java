package org.orrery.supervision.runtime.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.orrery.bus.kafka.KafkaTopics;
import org.orrery.bus.wire.ProposalNotice;
import org.orrery.bus.wire.Wire;
import org.orrery.contract.audit.AuditRecord;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalId;
import org.orrery.store.Database;
import org.orrery.store.DatabaseUnavailableException;
import org.orrery.store.Outbox;
import org.orrery.supervision.core.audit.AuditEntry;
import org.orrery.supervision.core.audit.AuditHead;
import org.orrery.supervision.runtime.json.RecordJson;

/**
 * Keeps the record in PostgreSQL. Whoever adds to the chain locks its end first, so writers follow
 * one another. Each change of a proposal and each entry also goes to the outbox, in the same
 * transaction. Thread-safe.
 */
public final class PostgresProposalStore implements ProposalStore {
  private static final String UPSERT =
      """
      insert into proposal
        (id, version, state, terminal, plan_hash, created_at_ns, changed_at_ns, content)
      values (?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (id) do update set version = excluded.version, state = excluded.state,
        terminal = excluded.terminal, plan_hash = excluded.plan_hash,
        changed_at_ns = excluded.changed_at_ns, content = excluded.content
      """;

  private final Database database;

  /** Uses the room's schema. */
  public PostgresProposalStore(Database database) {
    this.database = database;
  }

  @Override
  public AuditHead save(Proposal proposal, List<AuditEntry> entries, BooleanSupplier stillWanted) {
    return transact(
        connection -> {
          AuditHead head = lockHead(connection);
          String content = RecordJson.write(proposal);
          long version = 0;
          try (PreparedStatement select =
              connection.prepareStatement("select version, content from proposal where id = ?")) {
            select.setString(1, proposal.id().value());
            try (ResultSet row = select.executeQuery()) {
              if (row.next()) {
                version = row.getLong(1);
                if (version == proposal.version() && row.getString(2).equals(content)) {
                  return head;
                }
              }
            }
          }
          if (proposal.version() != version + 1) {
            throw new ConflictException(
                "proposal "
                    + proposal.id()
                    + " has version "
                    + version
                    + " on record, version "
                    + proposal.version()
                    + " cannot follow");
          }
          upsert(connection, proposal, content);
          AuditHead end = chain(connection, head, entries);
          if (!stillWanted.getAsBoolean()) {
            throw new TooLateException("proposal " + proposal.id() + " is left as it was");
          }
          return end;
        });
  }

  private static void upsert(Connection connection, Proposal proposal, String content)
      throws SQLException {
    String state = proposal.state().getClass().getSimpleName();
    try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
      upsert.setString(1, proposal.id().value());
      upsert.setLong(2, proposal.version());
      upsert.setString(3, state);
      upsert.setBoolean(4, proposal.state().terminal());
      upsert.setBytes(5, proposal.plan().hash().toArray());
      upsert.setLong(6, proposal.createdAtNs());
      upsert.setLong(7, proposal.state().atNs());
      upsert.setString(8, content);
      upsert.executeUpdate();
    }
    Outbox.append(
        connection,
        KafkaTopics.PROPOSALS.name(),
        proposal.id().value(),
        Wire.PROPOSAL.encode(
            new ProposalNotice(
                proposal.id(),
                proposal.version(),
                state,
                proposal.plan().title(),
                proposal.plan().hash(),
                proposal.state().atNs(),
                content)));
  }

  @Override
  public AuditHead append(List<AuditEntry> entries) {
    return transact(connection -> chain(connection, lockHead(connection), entries));
  }

  private static AuditHead lockHead(Connection connection) throws SQLException {
    return head(connection, "select sequence, hash from audit_head for update");
  }

  private static AuditHead head(Connection connection, String sql) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("table audit_head lost its row; verify the audit chain");
      }
      return new AuditHead(row.getLong(1), AuditRows.bytes(row, 2));
    }
  }

  private static AuditHead chain(Connection connection, AuditHead head, List<AuditEntry> entries)
      throws SQLException {
    AuditHead end = head;
    try (PreparedStatement insert = connection.prepareStatement(AuditRows.INSERT)) {
      for (AuditEntry entry : entries) {
        AuditRecord record =
            AuditRecord.following(
                end.sequence() + 1,
                entry.atNs(),
                AuditRows.text(entry.actor()),
                AuditRows.text(entry.action()),
                AuditRows.text(entry.subject()),
                AuditRows.text(RecordJson.write(entry.content())),
                end.hash());
        AuditRows.bind(insert, record);
        insert.addBatch();
        Outbox.append(
            connection, KafkaTopics.AUDIT.name(), record.subject(), Wire.AUDIT.encode(record));
        end = new AuditHead(record.sequence(), record.hash());
      }
      insert.executeBatch();
    }
    try (PreparedStatement update =
        connection.prepareStatement("update audit_head set sequence = ?, hash = ?")) {
      update.setLong(1, end.sequence());
      update.setBytes(2, end.hash().toArray());
      update.executeUpdate();
    }
    return end;
  }

  @Override
  public Optional<Proposal> find(ProposalId id) {
    return proposals("select content from proposal where id = ?", s -> s.setString(1, id.value()))
        .stream()
        .findFirst();
  }

  @Override
  public List<Proposal> newest(int limit) {
    return proposals(
        "select content from proposal order by id desc limit ?", s -> s.setInt(1, limit));
  }

  @Override
  public List<Proposal> unfinished() {
    return proposals("select content from proposal where not terminal order by id", s -> {});
  }

  private List<Proposal> proposals(String sql, Binder binder) {
    return transact(
        connection -> {
          List<Proposal> found = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            binder.bind(select);
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                found.add(RecordJson.read(rows.getString(1), Proposal.class));
              }
            }
          }
          return found;
        });
  }

  @Override
  public List<AuditRecord> auditAfter(long sequence, int limit) {
    return transact(connection -> AuditRows.after(connection, sequence, limit));
  }

  @Override
  public List<AuditRecord> auditAbout(Set<String> subjects, int limit) {
    return transact(connection -> AuditRows.about(connection, subjects, limit));
  }

  @Override
  public AuditHead head() {
    return transact(connection -> head(connection, "select sequence, hash from audit_head"));
  }

  private <T> T transact(Database.TransactionBody<T> body) {
    try {
      return database.inTransaction(body);
    } catch (DatabaseUnavailableException e) {
      throw new UnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  private interface Binder {
    void bind(PreparedStatement statement) throws SQLException;
  }
}
