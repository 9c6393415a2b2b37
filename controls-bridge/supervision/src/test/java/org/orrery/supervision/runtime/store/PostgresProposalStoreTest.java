package org.orrery.supervision.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.orrery.supervision.Databases;

class PostgresProposalStoreTest extends ProposalStoreTck {
  private final ProposalStore store =
      new PostgresProposalStore(Databases.shared().room("supervision"));

  @Override
  ProposalStore store() {
    return store;
  }

  @Test
  void shouldOweEveryChangeToTheLog() {
    // Given
    long before = owed();

    // When
    store.append(
        java.util.List.of(
            new org.orrery.supervision.core.audit.AuditEntry(1, "anna", "x", "y", new Note("z"))));

    // Then
    assertThat(owed()).isEqualTo(before + 1);
  }

  private static long owed() {
    return Databases.shared()
        .room("store")
        .inTransaction(
            connection -> {
              try (Statement statement = connection.createStatement();
                  ResultSet row = statement.executeQuery("select count(*) from outbox")) {
                row.next();
                return row.getLong(1);
              }
            });
  }
}
