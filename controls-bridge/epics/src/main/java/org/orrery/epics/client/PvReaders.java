package org.orrery.epics.client;

import java.util.Set;

/** Opens readers. Stateless. */
public final class PvReaders {
  private PvReaders() {}

  /**
   * A reader on connections of its own, on the client that the settings name.
   *
   * @throws org.orrery.epics.EpicsException when the library cannot start, or is not there
   */
  public static PvReader open(PvClientSettings settings) {
    return new ReadOnly(PvClients.open(settings));
  }

  /** The names of the clients that are there. */
  public static Set<String> available() {
    return PvClients.available();
  }

  /** Keeps the client to itself, so that nobody can cast a reader into something that writes. */
  private static final class ReadOnly implements PvReader {
    private final PvClient client;

    ReadOnly(PvClient client) {
      this.client = client;
    }

    @Override
    public PvSubscription subscribe(String address, PvListener listener) {
      return client.subscribe(address, listener);
    }

    @Override
    public void close() {
      client.close();
    }
  }
}
