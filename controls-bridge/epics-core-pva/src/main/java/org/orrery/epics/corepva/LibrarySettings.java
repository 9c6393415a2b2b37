package org.orrery.epics.corepva;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.epics.pva.PVASettings;
import org.orrery.epics.EpicsException;
import org.orrery.epics.HostPort;
import org.orrery.epics.client.PvClientSettings;
import org.orrery.epics.client.PvaOptions;

/**
 * The library's settings, which are static fields. Thread-safe.
 *
 * <p>It fills them once from system properties and the environment, and a client reads its
 * addresses from them when it is made: so they are written under a lock right before that, and
 * nothing of the host's other EPICS programs leaks in. The connection timeout and the key store are
 * read later and for all clients of the JVM, so clients that are open at the same time must agree
 * on them; the key store is read once and stays for the life of the JVM.
 */
final class LibrarySettings {
  /**
   * Largest message that is sent. The library keeps a buffer of that size per connection, 8 MB
   * unless it is told otherwise; what is sent here is requests and the arrays of puts.
   */
  static final int SEND_BUFFER_BYTES = 1 << 20;

  private static final double TIMEOUT_AND_GRACE = 1.5;

  private static int open;
  private static Optional<PvaOptions.KeyStore> keyStore = Optional.empty();
  private static boolean keyStoreFixed;

  private LibrarySettings() {}

  /** Makes a client with these settings; {@link #release} when it has ended. */
  static synchronized <T> T with(PvClientSettings settings, Callable<T> make) throws Exception {
    int timeoutSeconds = timeoutSeconds(settings);
    if (open > 0 && timeoutSeconds != PVASettings.EPICS_PVA_CONN_TMO) {
      throw new EpicsException(
          "clients on core-pva share one connection timeout in a JVM: %d s is asked for, %d s is"
                  .formatted(timeoutSeconds, PVASettings.EPICS_PVA_CONN_TMO)
              + " set; use one timeout",
          null);
    }
    if (keyStoreFixed && !keyStore.equals(settings.pva().keyStore())) {
      throw new EpicsException(
          "clients on core-pva share one key store in a JVM for as long as it runs: restart with"
              + " one key store",
          null);
    }
    keyStore = settings.pva().keyStore();
    keyStoreFixed = true;
    apply(settings, timeoutSeconds);
    T made = make.call();
    open++;
    return made;
  }

  static synchronized void release() {
    open--;
  }

  /** The library asks a silent server for a sign of life after half of it. */
  private static int timeoutSeconds(PvClientSettings settings) {
    return (int) Math.ceil(settings.connectionTimeout().toMillis() * TIMEOUT_AND_GRACE / 1000);
  }

  private static void apply(PvClientSettings settings, int timeoutSeconds) {
    PVASettings.EPICS_PVA_ADDR_LIST =
        settings.servers().stream().map(HostPort::toString).collect(Collectors.joining(" "));
    PVASettings.EPICS_PVA_AUTO_ADDR_LIST = false;
    PVASettings.EPICS_PVA_NAME_SERVERS =
        settings.pva().nameServers().stream()
            .map(PvaOptions.NameServer::toString)
            .collect(Collectors.joining(" "));
    PVASettings.EPICS_PVA_BROADCAST_PORT = settings.beaconPort();
    PVASettings.EPICS_PVA_ENABLE_IPV6 = false;
    PVASettings.EPICS_PVA_CONN_TMO = timeoutSeconds;
    PVASettings.EPICS_PVA_SEND_BUFFER_SIZE = SEND_BUFFER_BYTES;
    PVASettings.EPICS_PVA_TLS_KEYCHAIN =
        settings.pva().keyStore().map(store -> store.file() + ";" + store.password()).orElse("");
  }
}
