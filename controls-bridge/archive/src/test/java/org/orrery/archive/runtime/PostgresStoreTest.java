package org.orrery.archive.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.orrery.archive.ArchiveConfig;
import org.orrery.archive.Samples;
import org.orrery.archive.core.PlantDay;
import org.orrery.archive.core.Retention;
import org.orrery.contract.facility.ChannelPattern;
import org.orrery.store.Database;

/** The archive on plain PostgreSQL. */
class PostgresStoreTest extends StoreContract {
  @Override
  Database database() {
    return Servers.shared();
  }

  @Test
  void shouldDropWholePiecesOfAGroupInsteadOfDeletingRows() {
    // Given two groups on one day
    PlantDay day = PlantDay.of(Samples.T0 - 1_000 * PlantDay.DAY_NS);
    Retention keep =
        Retention.of(
            Facilities.of("pieces.a", "pieces.b"),
            0,
            List.of(
                new ArchiveConfig.Group(
                    "pieces-b", List.of(), List.of(new ChannelPattern("pieces.b")), 1)));
    SampleStore store = new SampleStore(database(), keep);
    store.store(
        "pieces",
        List.of(
            Samples.number("pieces.a", day.fromNs(), 1, 1),
            Samples.number("pieces.b", day.fromNs(), 1, 1)));
    String pieces =
        "select count(*) from pg_class where relkind = 'r' and relname like 'sample_"
            + day.suffix()
            + "_g%'";
    long before = Servers.count(database(), pieces);

    // When
    store.forget(day.fromNs() + 5 * PlantDay.DAY_NS);

    // Then
    assertThat(before).isEqualTo(2);
    assertThat(Servers.count(database(), pieces)).isEqualTo(1);
    assertThat(Servers.count(database(), "select count(*) from sample_" + day.suffix()))
        .isEqualTo(1);
    assertThat(store.engine()).isEqualTo("PostgreSQL");
  }
}
