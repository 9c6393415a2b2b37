package org.orrery.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.orrery.supervision.Fixtures.ANNA;

import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.bus.RoomContext;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.audit.AuditVerdict;
import org.orrery.contract.proposal.Proposal;
import org.orrery.contract.proposal.ProposalState;
import org.orrery.store.Database;
import org.orrery.store.Store;

/** The room on a real PostgreSQL, with a scripted gate on the bus. */
class SupervisionOnPostgresTest {
  @TempDir private Path data;

  private static VerticleBase supervision(RoomContext room, Database database) {
    try {
      return SupervisionModule.create(room, Rig.CONFIG, AccessRules.OPEN, database);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void sql(Database database, String... statements) {
    database.runInTransaction(
        connection -> {
          for (String each : statements) {
            execute(connection, each);
          }
        });
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private AuditVerdict verify(Database database) throws IOException {
    return SupervisionModule.verifyAudit(data, database);
  }

  private static void assertBrokenAt(AuditVerdict verdict, long sequence) {
    assertThat(verdict)
        .isInstanceOfSatisfying(
            AuditVerdict.Broken.class, b -> assertThat(b.sequence()).isEqualTo(sequence));
  }

  @Test
  void shouldVerifyTheEffectThoughSupervisionAndThenTheDatabaseDieAndTellEveryTampering(
      @TempDir Path server) throws Exception {
    try (Store store = Databases.start(server)) {
      Database database = store.room("supervision");
      try (Rig rig = new Rig(data, room -> supervision(room, database))) {
        // Given
        rig.pumpBWorks = false;
        rig.diagnosePumpStop();
        Proposal proposal = rig.awaitState(ProposalState.AwaitingApproval.class);
        rig.stop();
        rig.start();
        assertThat(rig.awaitState(ProposalState.AwaitingApproval.class)).isEqualTo(proposal);

        // When
        rig.approve(proposal, ANNA);
        await().atMost(Duration.ofSeconds(60)).until(() -> rig.executed.size() == 2);
        List<Boolean> changes = new CopyOnWriteArrayList<>();
        store.addListener((up, detail) -> changes.add(up));
        store.process().orElseThrow().handle().orElseThrow().destroyForcibly();
        rig.show("purif.flow", "1.6");
        rig.show("purif.pump-b.speed", "50");
        await().atMost(Duration.ofSeconds(60)).until(() -> changes.equals(List.of(false, true)));
        Proposal verified = rig.awaitState(ProposalState.Verified.class);

        // Then
        assertThat(verified.id()).isEqualTo(proposal.id());
        assertThat(rig.executed).hasSize(2);
        assertThat(rig.actions()).contains("proposal.verified");
      }
      assertTampering(database);
    }
  }

  private void assertTampering(Database database) throws IOException {
    long entries = ((AuditVerdict.Intact) verify(database)).entries();
    assertThat(entries).isGreaterThan(10);
    List<String> lines = new ArrayList<>();
    SupervisionModule.exportAudit(database, lines::add);
    assertThat(lines).hasSize((int) entries);

    sql(database, "update audit set content = replace(content, 'agreed', 'agreeD')");
    assertThat(verify(database)).isInstanceOf(AuditVerdict.Broken.class);
    sql(database, "update audit set content = replace(content, 'agreeD', 'agreed')");
    assertThat(verify(database)).isEqualTo(new AuditVerdict.Intact(entries));

    sql(
        database,
        "create table kept as select * from audit where sequence = 5",
        "delete from audit where sequence = 5");
    assertBrokenAt(verify(database), 5);
    sql(database, "insert into audit select * from kept", "drop table kept");
    assertThat(verify(database)).isEqualTo(new AuditVerdict.Intact(entries));

    sql(
        database,
        "update audit set sequence = -1 where sequence = 6",
        "update audit set sequence = 6 where sequence = 7",
        "update audit set sequence = 7 where sequence = -1");
    assertThat(verify(database)).isInstanceOf(AuditVerdict.Broken.class);
    sql(
        database,
        "update audit set sequence = -1 where sequence = 7",
        "update audit set sequence = 7 where sequence = 6",
        "update audit set sequence = 6 where sequence = -1");
    assertThat(verify(database)).isEqualTo(new AuditVerdict.Intact(entries));

    sql(
        database,
        "create table kept as select * from audit where sequence = " + entries,
        "delete from audit where sequence = " + entries,
        "update audit_head set sequence = sequence - 1,"
            + " hash = (select hash from audit where sequence = "
            + (entries - 1)
            + ")");
    assertBrokenAt(verify(database), entries);
    sql(
        database,
        "insert into audit select * from kept",
        "update audit_head set sequence = " + entries + ", hash = (select hash from kept)");
    assertThat(verify(database)).isEqualTo(new AuditVerdict.Intact(entries));

    Path witness = data.resolve("audit-head");
    List<String> witnessed = Files.readAllLines(witness);
    Files.delete(witness);
    assertThat(verify(database)).isInstanceOf(AuditVerdict.Broken.class);
    Files.write(witness, witnessed);
    assertThat(verify(database)).isEqualTo(new AuditVerdict.Intact(entries));
  }
}
