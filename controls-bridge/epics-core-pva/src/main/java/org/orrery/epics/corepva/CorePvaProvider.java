package org.orrery.epics.corepva;

import org.orrery.epics.client.PvClient;
import org.orrery.epics.client.PvClientProvider;
import org.orrery.epics.client.PvClientSettings;

/** Offers the client under the name {@value #NAME}. Stateless. */
public final class CorePvaProvider implements PvClientProvider {
  static final String NAME = "core-pva";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PvClient open(PvClientSettings settings) {
    return CorePvaClient.open(settings);
  }
}
