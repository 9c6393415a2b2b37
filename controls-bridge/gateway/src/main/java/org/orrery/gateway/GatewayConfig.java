package org.orrery.gateway;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.orrery.bus.kafka.KafkaConfig;
import org.orrery.contract.Bytes;
import org.orrery.contract.access.AccessRules;
import org.orrery.contract.facility.ChannelId;
import org.orrery.epics.HostPort;
import org.orrery.epics.client.PvaOptions;

/**
 * Settings of the gateway. Immutable.
 *
 * @param servers search (UDP) address of every pvAccess server, each with its port; empty where all
 *     speak Channel Access
 * @param caServers search (UDP) address of every Channel Access server, each with its port; empty
 *     for none
 * @param beaconPort UDP port on which new servers are heard of; 0 for a private one, right wherever
 *     a server runs on this host
 * @param verificationKey public half of supervision's Ed25519 key, X.509 SubjectPublicKeyInfo
 *     (DER); the write gate carries out what this key verifies and nothing else
 * @param staleCadences how many of its cadences a channel may be silent before it counts as stale
 * @param interlocks interlock channels by the subsystems that they bar, {@code *} for all, besides
 *     those whose id begins with {@code interlock.}, which bar their own subsystem
 * @param ownPvs where Orrery serves its own PVs; absent for nowhere
 * @param pva which pvAccess client is used, and its name servers and key store
 * @param mode the channel that tells the detector mode; absent where operations alone is believed
 * @param access who may have what written
 * @param putLog where the put log goes; absent where there is no Kafka
 */
public record GatewayConfig(
    List<HostPort> servers,
    List<HostPort> caServers,
    int beaconPort,
    Bytes verificationKey,
    double staleCadences,
    Map<ChannelId, Set<String>> interlocks,
    Optional<OwnPvs> ownPvs,
    PvaOptions pva,
    Optional<ChannelId> mode,
    AccessRules access,
    Optional<KafkaConfig> putLog) {
  private static final double DEFAULT_STALE_CADENCES = 5;

  public GatewayConfig {
    servers = List.copyOf(servers);
    caServers = List.copyOf(caServers);
    interlocks = Map.copyOf(interlocks);
    if (servers.isEmpty() && caServers.isEmpty()) {
      throw new IllegalArgumentException(
          "the gateway needs the search address of at least one PV server, host:port");
    }
    if (!(staleCadences >= 1)) {
      throw new IllegalArgumentException("staleCadences must be at least 1, got " + staleCadences);
    }
  }

  /** The usual settings, with our own PVs on private loopback ports. */
  public static GatewayConfig of(Bytes verificationKey, HostPort... servers) {
    return of(verificationKey, List.of(servers), List.of());
  }

  /** The same with servers of both protocols. */
  public static GatewayConfig of(
      Bytes verificationKey, List<HostPort> servers, List<HostPort> caServers) {
    return new GatewayConfig(
        servers,
        caServers,
        0,
        verificationKey,
        DEFAULT_STALE_CADENCES,
        Map.of(),
        Optional.of(OwnPvs.loopback(0, 0)),
        PvaOptions.USUAL,
        Optional.empty(),
        AccessRules.OPEN,
        Optional.empty());
  }

  /** The same with these interlocks, besides those that bar their own subsystem by their name. */
  public GatewayConfig withInterlocks(Map<ChannelId, Set<String>> barring) {
    return with(draft -> draft.interlocks = barring);
  }

  /** The same with this channel for the detector mode. */
  public GatewayConfig withMode(ChannelId channel) {
    return with(draft -> draft.mode = Optional.of(channel));
  }

  /** The same with these rules of who may have what written. */
  public GatewayConfig withAccess(AccessRules rules) {
    return with(draft -> draft.access = rules);
  }

  /** The same with the put log brought to this Kafka. */
  public GatewayConfig withPutLog(KafkaConfig kafka) {
    return with(draft -> draft.putLog = Optional.of(kafka));
  }

  /** The same with our own PVs served elsewhere, or nowhere. */
  public GatewayConfig withOwnPvs(Optional<OwnPvs> own) {
    return with(draft -> draft.ownPvs = own);
  }

  /** The same with another pvAccess client. */
  public GatewayConfig withPva(PvaOptions options) {
    return with(draft -> draft.pva = options);
  }

  private GatewayConfig with(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return new GatewayConfig(
        servers,
        caServers,
        beaconPort,
        verificationKey,
        staleCadences,
        draft.interlocks,
        draft.ownPvs,
        draft.pva,
        draft.mode,
        draft.access,
        draft.putLog);
  }

  /** What can be changed, so that it is copied in one place. */
  private static final class Draft {
    private Map<ChannelId, Set<String>> interlocks;
    private Optional<OwnPvs> ownPvs;
    private PvaOptions pva;
    private Optional<ChannelId> mode;
    private AccessRules access;
    private Optional<KafkaConfig> putLog;

    Draft(GatewayConfig config) {
      interlocks = config.interlocks;
      ownPvs = config.ownPvs;
      pva = config.pva;
      mode = config.mode;
      access = config.access;
      putLog = config.putLog;
    }
  }

  /**
   * Where Orrery serves its own PVs.
   *
   * @param prefix what their names begin with, before the colon
   * @param bindHost IPv4 address of the interface
   * @param serverPort TCP port; 0 for any free one
   * @param searchPort UDP port of searches; 0 for any free one
   * @param caPort port of Channel Access, TCP and UDP; 0 for any free ones
   */
  public record OwnPvs(String prefix, String bindHost, int serverPort, int searchPort, int caPort) {
    /** On this machine only, under {@code ORRERY:}. */
    public static OwnPvs loopback(int serverPort, int searchPort) {
      return new OwnPvs("ORRERY", "127.0.0.1", serverPort, searchPort, 0);
    }
  }
}
