package org.orrery.supervision.runtime.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.orrery.bus.kafka.KafkaTopics;
import org.orrery.bus.wire.ProposalNotice;
import org.orrery.bus.wire.Wire;
import org.orrery.contract.Bytes;
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
          String content = ProposalRows.lean(proposal);
          ProposalRows.Stored before = ProposalRows.stored(connection, proposal);
          long version = before.version();
          if (version == proposal.version() && before.content().equals(content)) {
            return head;
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
          Bytes planHash = proposal.plan().hash();
          ProposalRows.write(connection, proposal, content, planHash, before);
          tell(connection, proposal, content, planHash);
          AuditHead end = chain(connection, head, entries);
          if (!stillWanted.getAsBoolean()) {
            throw new TooLateException("proposal " + proposal.id() + " is left as it was");
          }
          return end;
        });
  }

  private static void tell(Connection connection, Proposal proposal, String content, Bytes planHash)
      throws SQLException {
    Outbox.append(
        connection,
        KafkaTopics.PROPOSALS.name(),
        proposal.id().value(),
        Wire.PROPOSAL.encode(
            new ProposalNotice(
                proposal.id(),
                proposal.version(),
                proposal.state().getClass().getSimpleName(),
                proposal.plan().title(),
                planHash,
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
    return proposals("select * from proposal where id = ?", s -> s.setString(1, id.value()))
        .stream()
        .findFirst();
  }

  @Override
  public List<Proposal> newest(int limit) {
    return proposals("select * from proposal order by id desc limit ?", s -> s.setInt(1, limit));
  }

  @Override
  public List<Proposal> unfinished() {
    return proposals("select * from proposal where not terminal order by id", s -> {});
  }

  private List<Proposal> proposals(String sql, Binder binder) {
    return transact(
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            binder.bind(select);
            return ProposalRows.read(connection, select);
          }
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
