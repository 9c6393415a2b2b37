package org.orrery.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.process.JvmCommand;

class CrashTest {
  @TempDir Path directory;

  private static void insert(Store store, long id) {
    store
        .room("probe")
        .runInTransaction(
            connection -> {
              try (PreparedStatement statement =
                  connection.prepareStatement("insert into reading values (?, 'acknowledged')")) {
                statement.setLong(1, id);
                statement.executeUpdate();
              }
            });
  }

  private static Set<Long> stored(Store store) {
    return store
        .room("probe")
        .inTransaction(
            connection -> {
              Set<Long> ids = new TreeSet<>();
              try (Statement statement = connection.createStatement();
                  ResultSet row = statement.executeQuery("select id from reading")) {
                while (row.next()) {
                  ids.add(row.getLong(1));
                }
              }
              return ids;
            });
  }

  private static String port(Store store) {
    return store
        .room("store")
        .inTransaction(
            connection -> {
              try (Statement statement = connection.createStatement();
                  ResultSet row = statement.executeQuery("show port")) {
                row.next();
                return row.getString(1);
              }
            });
  }

  @Test
  void shouldKeepEveryAcknowledgedRowWhenTheDatabaseIsKilled() throws Exception {
    // Given
    Set<Long> acknowledged = new ConcurrentSkipListSet<>();
    List<Boolean> changes = new CopyOnWriteArrayList<>();
    String port;
    try (Store store = Servers.start(directory)) {
      port = port(store);
      store.room("probe").migrate();
      store.addListener((up, detail) -> changes.add(up));
      Thread writer =
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (long id = 0; !Thread.currentThread().isInterrupted(); id++) {
                      try {
                        insert(store, id);
                        acknowledged.add(id);
                      } catch (DatabaseException e) {
                        // not acknowledged: the next number
                      }
                    }
                  });

      for (int kill = 1; kill <= 2; kill++) {
        // When
        int before = acknowledged.size();
        await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() > before + 200);
        assertThat(store.process().orElseThrow().handle().orElseThrow().destroyForcibly()).isTrue();

        // Then
        int atKill = acknowledged.size();
        await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() > atKill + 200);
        assertThat(port(store)).isEqualTo(port);
        int told = 2 * kill;
        await().atMost(Duration.ofSeconds(60)).until(() -> changes.size() >= told);
      }
      writer.interrupt();
      writer.join();
      assertThat(stored(store)).containsAll(acknowledged);
      assertThat(changes).containsExactly(false, true, false, true);
    }

    // And after an orderly end everything is still there, on the same port
    try (Store again = Servers.start(directory)) {
      assertThat(stored(again)).containsAll(acknowledged);
      assertThat(port(again)).isEqualTo(port);
    }
  }

  @Test
  void shouldEndTheOrphanOfAKilledOrreryAndKeepItsRows() throws Exception {
    // Given
    Path acknowledged = directory.resolve("acknowledged");
    Process orrery =
        new ProcessBuilder(
                JvmCommand.of(
                    CrashTest.class.getName(), 128, List.of(), List.of(directory.toString())))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("orrery.log").toFile())
            .start();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Files.exists(acknowledged) && Files.size(acknowledged) > 300);

    // When
    orrery.destroyForcibly().waitFor();
    long orphan = Long.parseLong(Files.readAllLines(directory.resolve("db/postgres.pid")).get(0));
    assertThat(ProcessHandle.of(orphan)).isPresent();

    // Then
    try (Store store = Servers.start(directory.resolve("db"))) {
      assertThat(ProcessHandle.of(orphan).filter(ProcessHandle::isAlive)).isEmpty();
      List<Long> ids =
          Files.readString(acknowledged)
              .lines()
              .filter(line -> line.endsWith(";"))
              .map(line -> Long.valueOf(line.replace(";", "")))
              .toList();
      assertThat(ids).hasSizeGreaterThan(50);
      assertThat(stored(store)).containsAll(ids);
    }
  }

  /** An Orrery that writes rows, and the numbers of those acknowledged, until it is killed. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path directory = Path.of(arguments[0]);
    Store store = Store.start(Servers.config(directory.resolve("db")));
    store.ready().join();
    try (var out = Files.newBufferedWriter(directory.resolve("acknowledged"))) {
      for (long id = 0; id < 100_000; id++) {
        insert(store, id);
        out.write(id + ";\n");
        out.flush();
      }
    }
    TimeUnit.MINUTES.sleep(5);
  }
}
