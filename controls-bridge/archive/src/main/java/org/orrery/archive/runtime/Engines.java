package org.orrery.archive.runtime;

import org.jspecify.annotations.Nullable;
import org.orrery.store.Database;

/** The one engine beneath the archive, found out when the database can first be asked. Blocks. */
final class Engines {
  private final Database database;
  private final ChannelNumbers numbers;
  private @Nullable Engine found;

  Engines(Database database, ChannelNumbers numbers) {
    this.database = database;
    this.numbers = numbers;
  }

  /**
   * The engine.
   *
   * @throws org.orrery.store.DatabaseUnavailableException when the database is away
   */
  synchronized Engine get() {
    Engine engine = found;
    if (engine == null) {
      engine = Engine.of(database, numbers);
      found = engine;
    }
    return engine;
  }
}
