package org.orrery.archive.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.orrery.archive.Samples;
import org.orrery.archive.core.Retention;
import org.orrery.contract.history.Backfill;
import org.orrery.contract.sample.Sample;
import org.orrery.store.DatabaseException;
import org.orrery.store.Store;

/** A back-fill whose database is killed in the middle, begun anew. */
class BackfillKillTest {
  private static final int PARTS = 40;
  private static final int PER_PART = 500;

  @TempDir Path folder;

  private static Backfill part(int part) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < PER_PART; i++) {
      int second = part * PER_PART + i;
      samples.add(Samples.number("kill.a", Samples.T0 + second * 1_000_000_000L, -1, second));
    }
    return new Backfill(samples, List.of());
  }

  @Test
  void shouldHoldEverySampleOnceWhenBegunAnewAfterTheDatabaseWasKilled() throws Exception {
    try (Store store = Servers.start(folder)) {
      // Given a back-fill under way
      SampleStore archive =
          new SampleStore(store.room("archive"), Retention.of(Facilities.of(), 0, List.of()));
      AtomicInteger acknowledged = new AtomicInteger();
      Thread first =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      for (int part = 0; part < PARTS; part++) {
                        var unused = archive.backfill(part(part));
                        acknowledged.incrementAndGet();
                      }
                    } catch (DatabaseException e) {
                      // killed
                    }
                  });

      // When the database is killed
      await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.get() >= 3);
      store.process().orElseThrow().handle().orElseThrow().destroyForcibly();
      first.join();
      int parts = acknowledged.get();

      // Then what was acknowledged is there, and beginning anew adds the rest
      await()
          .atMost(Duration.ofSeconds(120))
          .ignoreExceptions()
          .until(() -> archive.backfill(part(0)).present() == PER_PART);
      long added = 0;
      for (int part = 0; part < PARTS; part++) {
        Backfill.Done done = archive.backfill(part(part));
        if (part < parts) {
          assertThat(done.added()).as("part %d was acknowledged", part).isZero();
        }
        added += done.added();
      }
      assertThat(added).isLessThanOrEqualTo((long) (PARTS - parts) * PER_PART);
      for (String count :
          List.of(
              "select count(*) from sample",
              "select sum(n) from rollup",
              "select sum(n) from rollup_hour")) {
        assertThat(Servers.count(store.room("archive"), count)).isEqualTo(PARTS * PER_PART);
      }
    }
  }
}
