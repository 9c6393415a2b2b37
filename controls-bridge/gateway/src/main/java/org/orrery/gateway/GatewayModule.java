package org.orrery.gateway;

import io.vertx.core.Deployable;
import org.orrery.bus.RoomContext;
import org.orrery.epics.client.PvClients;
import org.orrery.epics.client.PvReaders;
import org.orrery.gateway.runtime.GatewayVerticle;
import org.orrery.gateway.runtime.HistogramVerticle;

/** Makes the gateway. Stateless. */
public final class GatewayModule {
  private GatewayModule() {}

  /**
   * The gateway of one facility, to be deployed once on an event loop. Deploying fails, with the
   * remedy in the message, when the gate's journal is damaged or in use by another Orrery, or when
   * the control-system library cannot start.
   *
   * @throws IllegalArgumentException when the verification key is no Ed25519 public key, or an
   *     interlock is no channel of the facility
   */
  public static Deployable create(RoomContext context, GatewayConfig config) {
    return new GatewayVerticle(context, config, PvClients::open);
  }

  /**
   * What puts the histograms of a detector's monitor on the bus; beside the gateway and not needed
   * by it.
   *
   * @param prefix what the names of the monitor's facts begin with, for example {@code
   *     LAR:DQM:INFO:}
   */
  public static Deployable histograms(RoomContext context, GatewayConfig config, String prefix) {
    return new HistogramVerticle(context, config, prefix, PvReaders::open);
  }
}
